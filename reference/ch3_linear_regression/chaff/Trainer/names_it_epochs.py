"""Your constructor takes no argument by the name of max_epochs.

`Trainer(max_epochs=3)`, as the book writes it, fails then: names are part of the signature (3.2.4).

Fails: it_keeps_its_arguments
"""

class Trainer:
    def __init__(self, epochs, num_gpus=0, gradient_clip_val=0):
        self.max_epochs, self.gradient_clip_val = epochs, gradient_clip_val

    def prepare_data(self, data):
        self.train_dataloader, self.val_dataloader = data.train_dataloader(), data.val_dataloader()
        self.num_train_batches = len(self.train_dataloader)
        self.num_val_batches = 0 if self.val_dataloader is None else len(self.val_dataloader)

    def prepare_model(self, model):
        self.model = model
        self.model.trainer = self
        self.model.board.xlim = [0, self.max_epochs]

    def prepare_batch(self, batch):
        return batch

    def fit(self, model, data):
        self.prepare_data(data)
        self.prepare_model(model)
        self.optim = model.configure_optimizers()
        self.train_batch_idx = self.val_batch_idx = 0
        for self.epoch in range(self.max_epochs):
            self.fit_epoch()
