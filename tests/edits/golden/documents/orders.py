"""Orders of a small shop."""

from __future__ import annotations

import json
from dataclasses import dataclass, field


@dataclass
class Item:
    name: str
    price: float
    count: int = 1

    def total(self):
        return self.price * self.count


@dataclass
class Order:
    number: int
    items: list[Item] = field(default_factory=list)
    paid: bool = False

    def add(self, item):
        """One more item."""
        for known in self.items:
            if known.name == item.name:
                known.count += item.count
                return known
        self.items.append(item)
        return item

    def total(self):
        total = 0.0
        for item in self.items:
            total += item.total()
        return total

    def remove(self, name):
        for item in self.items:
            if item.name == name:
                self.items.remove(item)
                return True
        return False


def load(path):
    with open(path) as file:
        data = json.load(file)
    orders = []
    for entry in data:
        order = Order(entry["number"])
        for item in entry["items"]:
            order.add(Item(item["name"], item["price"]))
        orders.append(order)
    return orders


def total(orders):
    return sum(order.total() for order in orders)
