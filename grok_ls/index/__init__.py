"""What a workspace defines, remembered in one SQLite file in the user's data folder. Shell: reads files, runs a
child.
"""
