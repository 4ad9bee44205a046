"""The model behind one method. ``base`` is the port; every other module is an adapter or its data."""
