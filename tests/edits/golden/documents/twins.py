import logging

log = logging.getLogger(__name__)


def read_first(path):
    try:
        with open(path) as file:
            text = file.read()
    except OSError:
        log.warning("cannot read")
        return None
    return text


def read_second(path):
    try:
        with open(path) as file:
            text = file.read()
    except OSError:
        log.warning("cannot read")
        return None
    return text.strip()


class Reader:
    def __init__(self, path):
        self.path = path
        self.text = None

    def read(self):
        try:
            with open(self.path) as file:
                self.text = file.read()
        except OSError:
            log.warning("cannot read")
            return None
        return self.text

    def close(self):
        self.text = None
