"""Keeps its arguments by hand, counts epochs in a while loop, hands on a list."""


class Trainer:
    def __init__(self, max_epochs, num_gpus=0, gradient_clip_val=0.0):
        self.max_epochs, self.gradient_clip_val = max_epochs, gradient_clip_val

    def prepare_data(self, data):
        self.train_dataloader, self.val_dataloader = data.train_dataloader(), data.val_dataloader()
        self.num_train_batches = len(self.train_dataloader)
        self.num_val_batches = 0
        if self.val_dataloader is not None:
            self.num_val_batches += len(self.val_dataloader)

    def prepare_model(self, model):
        self.model = model
        self.model.trainer = self
        self.model.board.xlim = (0, self.max_epochs)

    def prepare_batch(self, batch):
        return [tensor.to("cpu") for tensor in batch]

    def fit(self, model, data):
        self.train_batch_idx = self.val_batch_idx = self.epoch = 0
        self.prepare_data(data)
        self.prepare_model(model)
        self.optim = self.model.configure_optimizers()
        while self.epoch < self.max_epochs:
            self.fit_epoch()
            self.epoch += 1
