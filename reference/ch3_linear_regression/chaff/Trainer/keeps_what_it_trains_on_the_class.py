"""Your trainers share what they train on: one has the data that another has prepared later.

Usually data, model and optimizer are kept on the class. What is one object's own belongs to self (3.2.4).

Fails: prepare_data_takes_and_counts_the_batches, prepare_model_introduces_both, a_fit_starts_its_counters_and_optimizer_anew
"""

class Trainer(HyperParameters):
    def __init__(self, max_epochs, num_gpus=0, gradient_clip_val=0):
        self.save_hyperparameters()
        assert num_gpus == 0, 'No GPU support yet'

    def prepare_data(self, data):
        Trainer.train_dataloader = data.train_dataloader()
        Trainer.val_dataloader = data.val_dataloader()
        Trainer.num_train_batches = len(self.train_dataloader)
        Trainer.num_val_batches = (len(self.val_dataloader)
                                     if self.val_dataloader is not None else 0)

    def prepare_model(self, model):
        model.trainer = self
        model.board.xlim = [0, self.max_epochs]
        Trainer.model = model

    def prepare_batch(self, batch):
        return batch

    def fit(self, model, data):
        self.prepare_data(data)
        self.prepare_model(model)
        Trainer.optim = model.configure_optimizers()
        self.epoch = 0
        self.train_batch_idx = 0
        self.val_batch_idx = 0
        for self.epoch in range(self.max_epochs):
            self.fit_epoch()

    def fit_epoch(self):
        raise NotImplementedError
