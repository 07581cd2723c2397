"""The Jupyter kernel of one box: IPython's own, bound to sockets in the box's own folder."""

import os


def run(connection, key, ready):
    """Start the kernel; never return. connection: dict for IPKernelApp; ready: a descriptor.

    A byte on `ready`, which is then closed, says that the sockets are bound.
    """
    from ipykernel.kernelapp import IPKernelApp
    from traitlets.config import Config

    config = Config()
    config.HistoryManager.enabled = False
    config.Session.key = key.encode()
    config.IPKernelApp.update(connection)
    config.IPKernelApp.log_level = 50
    os.makedirs(os.path.dirname(connection["ip"]), exist_ok=True)
    app = IPKernelApp.instance(config=config)
    app.initialize([])
    os.write(ready, b"r")
    os.close(ready)
    app.start()
