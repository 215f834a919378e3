"""A made-up account's reports many times over: each SKU's rows again under other names, so that every copy has its
stock, sales, fees and costs. Standard library only.

usage: many.py REPORTS FOLDER SKUS
"""
import math
import pathlib
import re
import sys
import zipfile

NAMES = re.compile(rb"\bDS-\d\d-[A-Z]{2}(?:-\d)?\b|\bX00\d{6}[A-Z]\b|\bB0B\d{5}[A-Z]\b|\b\d{3}-\d{7}-\d{7}\b")


DIGITS = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def renamed(text, copy):
    """Every SKU, FNSKU, ASIN and order id of a copy is another one."""
    two = bytes([DIGITS[copy // 36], DIGITS[copy % 36]])

    def name(found):
        old = found.group(0)
        if old.startswith(b"DS-"):
            return old + b"-C" + two
        if old.startswith(b"X00"):
            return b"X" + two + old[3:]
        if old.startswith(b"B0B"):
            return b"B" + two + b"B" + old[3:]
        return b"%03d" % (copy % 900 + 100) + old[3:]

    return NAMES.sub(name, text)


def sheet_rows(path):
    """The cells of a workbook's first sheet as text."""
    with zipfile.ZipFile(path) as book:
        shared = re.findall(r"<si>.*?<t[^>]*>(.*?)</t>.*?</si>", book.read("xl/sharedStrings.xml").decode(), re.S)
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    for row in re.findall(r"<row [^>]*>(.*?)</row>", sheet, re.S):
        cells = {}
        for column, kind, value in re.findall(r'<c r="([A-Z]+)\d+"(?: s="\d+")?( t="s")?[^>]*><v>(.*?)</v>', row):
            cells[column] = shared[int(value)] if kind else value
        yield cells


def multiply(path, folder, copies):
    if path.suffix == ".xlsx":
        rows = list(sheet_rows(path))
        columns = sorted({column for cells in rows for column in cells}, key=lambda c: (len(c), c))
        lines = [",".join(cells.get(column, "") for column in columns).encode() + b"\n" for cells in rows]
        path = path.with_suffix(".csv")
    else:
        lines = path.read_bytes().splitlines(keepends=True)
    body = b"".join(lines[1:])
    with open(folder / path.name, "wb") as out:
        out.write(lines[0])
        out.write(body)
        if NAMES.search(body):
            for copy in range(1, copies):
                out.write(renamed(body, copy))


def main():
    reports, folder, skus = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), int(sys.argv[3])
    folder.mkdir(parents=True, exist_ok=True)
    planning = b"".join(path.read_bytes() for path in reports.glob("fba_inventory_*"))
    one = len(set(re.findall(rb"\bDS-\d\d-[A-Z]{2}(?:-\d)?\b", planning)))
    for path in sorted(reports.iterdir()):
        multiply(path, folder, max(1, math.ceil(skus / one)))


main()
