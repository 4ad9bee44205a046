"""Thirty small functions, each with one seeded bug: a change of the clean code, and what calls must give.

``checks`` are expressions with their values. The diagnostic of a case is what the first failing check says, found by
running the broken code, so a case whose bug shows nowhere is an error of this file (see ``bench.py``).
"""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import dedent


@dataclass(frozen=True, slots=True)
class Case:
    name: str
    clean: str
    seeded: tuple[str, str]
    checks: tuple[tuple[str, object], ...]

    @property
    def broken(self) -> str:
        good, bad = self.seeded
        assert self.clean.count(good) == 1, self.name
        return self.clean.replace(good, bad)


def _case(name: str, clean: str, good: str, bad: str, *checks: tuple[str, object]) -> Case:
    return Case(name, dedent(clean).strip() + "\n", (good, bad), checks)


CASES = (
    _case(
        "clamp",
        '''
        def clamp(value, low, high):
            """The value, moved into low..high."""
            return max(low, min(high, value))
        ''',
        "max(low, min(high, value))",
        "min(low, max(high, value))",
        ("clamp(5, 0, 3)", 3),
        ("clamp(-1, 0, 3)", 0),
        ("clamp(2, 0, 3)", 2),
    ),
    _case(
        "mean",
        '''
        def mean(numbers):
            """Arithmetic mean; 0.0 for an empty list."""
            if not numbers:
                return 0.0
            return sum(numbers) / len(numbers)
        ''',
        "    if not numbers:\n        return 0.0\n",
        "",
        ("mean([])", 0.0),
        ("mean([1, 2])", 1.5),
    ),
    _case(
        "chunks",
        '''
        def chunks(items, size):
            """The items in lists of the given size; the last one may be shorter."""
            return [items[start:start + size] for start in range(0, len(items), size)]
        ''',
        "range(0, len(items), size)",
        "range(0, len(items) - size, size)",
        ("chunks([1, 2, 3, 4, 5], 2)", [[1, 2], [3, 4], [5]]),
        ("chunks([], 2)", []),
    ),
    _case(
        "is_leap",
        '''
        def is_leap(year):
            """Whether a year of the Gregorian calendar is a leap year."""
            return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        ''',
        "(year % 100 != 0 or year % 400 == 0)",
        "year % 100 != 0",
        ("is_leap(2000)", True),
        ("is_leap(1900)", False),
        ("is_leap(2024)", True),
        ("is_leap(2023)", False),
    ),
    _case(
        "word_counts",
        '''
        def word_counts(text):
            """How often each word occurs, without regard to case."""
            counts = {}
            for word in text.lower().split():
                counts[word] = counts.get(word, 0) + 1
            return counts
        ''',
        "counts.get(word, 0) + 1",
        "counts[word] + 1",
        ("word_counts('a B b')", {"a": 1, "b": 2}),
        ("word_counts('')", {}),
    ),
    _case(
        "median",
        '''
        def median(numbers):
            """The middle of the sorted numbers; the mean of the two middle ones if there is no single middle."""
            ordered = sorted(numbers)
            middle = len(ordered) // 2
            if len(ordered) % 2:
                return ordered[middle]
            return (ordered[middle - 1] + ordered[middle]) / 2
        ''',
        "ordered[middle - 1] + ordered[middle]",
        "ordered[middle] + ordered[middle + 1]",
        ("median([4, 1])", 2.5),
        ("median([3, 1, 2])", 2),
        ("median([4, 1, 2, 3])", 2.5),
    ),
    _case(
        "fizzbuzz",
        '''
        def fizzbuzz(number):
            """'FizzBuzz' for multiples of 15, 'Fizz' of 3, 'Buzz' of 5, else the number as text."""
            if number % 15 == 0:
                return "FizzBuzz"
            if number % 3 == 0:
                return "Fizz"
            if number % 5 == 0:
                return "Buzz"
            return str(number)
        ''',
        "return str(number)",
        "return number",
        ("fizzbuzz(1)", "1"),
        ("fizzbuzz(15)", "FizzBuzz"),
        ("fizzbuzz(9)", "Fizz"),
        ("fizzbuzz(10)", "Buzz"),
    ),
    _case(
        "unique",
        '''
        def unique(items):
            """The items without repetitions, in their first order."""
            seen = set()
            result = []
            for item in items:
                if item not in seen:
                    seen.add(item)
                    result.append(item)
            return result
        ''',
        "if item not in seen:",
        "if item in seen:",
        ("unique([2, 1, 2])", [2, 1]),
        ("unique([])", []),
    ),
    _case(
        "binary_search",
        '''
        def binary_search(ordered, wanted):
            """Index of wanted in a sorted list, or -1."""
            low, high = 0, len(ordered) - 1
            while low <= high:
                middle = (low + high) // 2
                if ordered[middle] == wanted:
                    return middle
                if ordered[middle] < wanted:
                    low = middle + 1
                else:
                    high = middle - 1
            return -1
        ''',
        "while low <= high:",
        "while low < high:",
        ("binary_search([1, 3, 5], 5)", 2),
        ("binary_search([1, 3, 5], 1)", 0),
        ("binary_search([], 1)", -1),
    ),
    _case(
        "parse_pairs",
        '''
        def parse_pairs(text):
            """A dict from 'a=1;b=2'. Empty parts are skipped; a value may contain '='."""
            pairs = {}
            for part in text.split(";"):
                if not part:
                    continue
                name, value = part.split("=", 1)
                pairs[name.strip()] = value.strip()
            return pairs
        ''',
        'part.split("=", 1)',
        'part.split("=")',
        ("parse_pairs('a=1;b=x=y')", {"a": "1", "b": "x=y"}),
        ("parse_pairs('')", {}),
    ),
    _case(
        "is_palindrome",
        '''
        def is_palindrome(text):
            """Whether the letters and digits read the same backwards, without regard to case."""
            letters = [letter.lower() for letter in text if letter.isalnum()]
            return letters == letters[::-1]
        ''',
        "letter.lower() for",
        "letter for",
        ("is_palindrome('Never odd or even')", True),
        ("is_palindrome('abc')", False),
    ),
    _case(
        "flatten",
        '''
        def flatten(value):
            """One flat list of everything in nested lists."""
            if not isinstance(value, list):
                return [value]
            result = []
            for item in value:
                result.extend(flatten(item))
            return result
        ''',
        "result.extend(flatten(item))",
        "result.append(flatten(item))",
        ("flatten([1, [2, [3]]])", [1, 2, 3]),
        ("flatten([])", []),
    ),
    _case(
        "roman",
        '''
        def roman(number):
            """A number from 1 to 3999 in Roman numerals."""
            result = ""
            for value, letters in [
                (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
                (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
            ]:
                while number >= value:
                    result += letters
                    number -= value
            return result
        ''',
        "while number >= value:",
        "while number > value:",
        ("roman(4)", "IV"),
        ("roman(1994)", "MCMXCIV"),
        ("roman(1)", "I"),
    ),
    _case(
        "transpose",
        '''
        def transpose(rows):
            """Rows become columns."""
            return [list(column) for column in zip(*rows)]
        ''',
        "zip(*rows)",
        "zip(rows)",
        ("transpose([[1, 2], [3, 4]])", [[1, 3], [2, 4]]),
        ("transpose([])", []),
    ),
    _case(
        "safe_get",
        '''
        def safe_get(data, path, default=None):
            """The value at 'a.b.c' in nested dicts, or the default."""
            for key in path.split("."):
                if not isinstance(data, dict) or key not in data:
                    return default
                data = data[key]
            return data
        ''',
        "not isinstance(data, dict) or key not in data",
        "key not in data",
        ("safe_get({'a': 1}, 'a.b')", None),
        ("safe_get({'a': {'b': 2}}, 'a.b')", 2),
        ("safe_get({}, 'x', 5)", 5),
    ),
    _case(
        "gcd",
        '''
        def gcd(a, b):
            """Greatest common divisor."""
            while b:
                a, b = b, a % b
            return a
        ''',
        "a, b = b, a % b",
        "a, b = b, a // b",
        ("gcd(12, 18)", 6),
        ("gcd(7, 3)", 1),
        ("gcd(5, 0)", 5),
    ),
    _case(
        "truncate",
        '''
        def truncate(text, limit):
            """The text, cut to at most limit characters, three of which are dots if it was cut."""
            if len(text) <= limit:
                return text
            return text[:limit - 3] + "..."
        ''',
        "text[:limit - 3]",
        "text[:limit]",
        ("truncate('abcdefgh', 6)", "abc..."),
        ("truncate('abc', 6)", "abc"),
    ),
    _case(
        "count_vowels",
        '''
        def count_vowels(text):
            """How many of a, e, i, o, u, in either case."""
            return sum(letter in "aeiou" for letter in text.lower())
        ''',
        '"aeiou"',
        '"aeio"',
        ("count_vowels('Education')", 5),
        ("count_vowels('xyz')", 0),
    ),
    _case(
        "moving_average",
        '''
        def moving_average(numbers, width):
            """Mean of each run of width numbers."""
            return [sum(numbers[i:i + width]) / width for i in range(len(numbers) - width + 1)]
        ''',
        "range(len(numbers) - width + 1)",
        "range(len(numbers) - width)",
        ("moving_average([1, 2, 3], 2)", [1.5, 2.5]),
        ("moving_average([4], 1)", [4.0]),
    ),
    _case(
        "add_item",
        '''
        def add_item(item, basket=None):
            """The basket with the item added; a new basket if none is given."""
            if basket is None:
                basket = []
            basket.append(item)
            return basket
        ''',
        'basket=None):\n    """The basket with the item added; a new basket if none is given."""\n'
        "    if basket is None:\n        basket = []\n",
        'basket=[]):\n    """The basket with the item added; a new basket if none is given."""\n',
        ("(add_item(1), add_item(2))[1]", [2]),
        ("add_item(2, [1])", [1, 2]),
    ),
    _case(
        "seconds",
        '''
        def seconds(clock):
            """Seconds of '1:02:03' or '2:03'."""
            total = 0
            for part in clock.split(":"):
                total = total * 60 + int(part)
            return total
        ''',
        "total = total * 60 + int(part)",
        "total += 60 * int(part)",
        ("seconds('2:03')", 123),
        ("seconds('1:02:03')", 3723),
        ("seconds('7')", 7),
    ),
    _case(
        "merge",
        '''
        def merge(one, other):
            """Two sorted lists as one sorted list."""
            result = []
            while one and other:
                result.append(one.pop(0) if one[0] <= other[0] else other.pop(0))
            return result + one + other
        ''',
        "return result + one + other",
        "return result",
        ("merge([1, 4], [2, 3])", [1, 2, 3, 4]),
        ("merge([], [1])", [1]),
    ),
    _case(
        "invert",
        '''
        def invert(mapping):
            """From each value to the list of its keys."""
            result = {}
            for key, value in mapping.items():
                result.setdefault(value, []).append(key)
            return result
        ''',
        "in mapping.items():",
        "in mapping:",
        ("invert({'a': 1, 'b': 1})", {1: ["a", "b"]}),
        ("invert({})", {}),
    ),
    _case(
        "discount",
        '''
        def discount(price, percent):
            """The price less percent, never below 0, rounded to cents."""
            return round(max(0.0, price * (1 - percent / 100)), 2)
        ''',
        "(1 - percent / 100)",
        "(1 - percent)",
        ("discount(200, 25)", 150.0),
        ("discount(9.99, 0)", 9.99),
        ("discount(10, 120)", 0.0),
    ),
    _case(
        "fibonacci",
        '''
        def fibonacci(count):
            """The first count Fibonacci numbers, beginning with 0, 1."""
            numbers = [0, 1]
            while len(numbers) < count:
                numbers.append(numbers[-1] + numbers[-2])
            return numbers[:count]
        ''',
        "return numbers[:count]",
        "return numbers",
        ("fibonacci(1)", [0]),
        ("fibonacci(5)", [0, 1, 1, 2, 3]),
        ("fibonacci(0)", []),
    ),
    _case(
        "initials",
        '''
        def initials(name):
            """'A.L.' for 'Ada Lovelace'; surplus spaces do not matter."""
            return "".join(part[0].upper() + "." for part in name.split())
        ''',
        "name.split()",
        'name.split(" ")',
        ("initials('ada  lovelace')", "A.L."),
        ("initials('')", ""),
    ),
    _case(
        "second_largest",
        '''
        def second_largest(numbers):
            """The second largest different number, or None."""
            ordered = sorted(set(numbers))
            return ordered[-2] if len(ordered) >= 2 else None
        ''',
        "len(ordered) >= 2",
        "len(ordered) > 2",
        ("second_largest([3, 1])", 1),
        ("second_largest([2, 2])", None),
        ("second_largest([1, 2, 3])", 2),
    ),
    _case(
        "balanced",
        '''
        def balanced(text):
            """Whether every bracket of (), [] and {} is closed in the right order."""
            pairs = {")": "(", "]": "[", "}": "{"}
            stack = []
            for letter in text:
                if letter in pairs.values():
                    stack.append(letter)
                elif letter in pairs:
                    if not stack or stack.pop() != pairs[letter]:
                        return False
            return not stack
        ''',
        "if not stack or stack.pop() != pairs[letter]:",
        "if stack.pop() != pairs[letter]:",
        ("balanced(')')", False),
        ("balanced('([])')", True),
        ("balanced('(')", False),
    ),
    _case(
        "percent",
        '''
        def percent(part, whole):
            """Which share of the whole the part is, as '25%'; '0%' if there is no whole."""
            if whole == 0:
                return "0%"
            return f"{round(100 * part / whole)}%"
        ''',
        "if whole == 0:",
        "if part == 0:",
        ("percent(1, 0)", "0%"),
        ("percent(1, 4)", "25%"),
        ("percent(0, 3)", "0%"),
    ),
    _case(
        "rotate",
        '''
        def rotate(items, steps):
            """The list, rotated to the right."""
            if not items:
                return []
            steps %= len(items)
            return items[-steps:] + items[:-steps] if steps else list(items)
        ''',
        "    steps %= len(items)\n",
        "",
        ("rotate([1, 2, 3], 4)", [3, 1, 2]),
        ("rotate([1, 2], 0)", [1, 2]),
        ("rotate([], 1)", []),
    ),
)
