"""The third corpus, by a third hand: written from the issue and from how models write, before the engine was read.

Even seeds are for development, odd seeds are held out: they see other files, other wordings and other parameters.
"""
