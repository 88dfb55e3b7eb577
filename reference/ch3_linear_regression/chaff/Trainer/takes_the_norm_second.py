"""Given by its place, as third argument, gradient_clip_val doesn't reach your trainer.

Often the constructor takes it before num_gpus: who gives all three by their places gets the last two the other way
round. The order of the arguments is part of the signature (3.2.4).

Fails: it_keeps_its_arguments
"""

class Trainer:
    def __init__(self, max_epochs, gradient_clip_val=0, num_gpus=0):
        self.max_epochs, self.gradient_clip_val = max_epochs, gradient_clip_val

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
