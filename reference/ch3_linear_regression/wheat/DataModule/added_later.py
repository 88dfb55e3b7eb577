"""get_dataloader comes after the class; both loaders by one helper."""

class DataModule:
    def __init__(self, root="../data", num_workers=4):
        self.__dict__.update(root=root, num_workers=num_workers)

    def loader(self, **which):
        return self.get_dataloader(**which)

    def train_dataloader(self):
        return self.loader(train=True)

    def val_dataloader(self):
        return self.loader(train=False)


@add_to_class(DataModule)
def get_dataloader(self, train):
    raise NotImplementedError
