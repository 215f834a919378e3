"""The operator's own downloaded templates, filled in by their keys: every other part of the workbook keeps its bytes."""
import io
import os
import re
import zipfile

from desk_test import Desk
from product import Case, main, needs_clock

KEYS = ["contribution_sku#1.value", "::record_action", "product_type#1.value",
        "purchasable_offer[marketplace_id=ATVPDKIKX0DER][audience=ALL]#1.our_price#1.schedule#1.value_with_tax",
        "purchasable_offer[marketplace_id=ATVPDKIKX0DER][audience=B2B]#1.discounted_price#1.schedule#1.value_with_tax",
        "purchasable_offer[marketplace_id=ATVPDKIKX0DER][audience=ALL]#1.discounted_price#1.schedule#1.value_with_tax",
        "purchasable_offer[marketplace_id=ATVPDKIKX0DER][audience=ALL]#1.discounted_price#1.schedule#1.start_at",
        "purchasable_offer[marketplace_id=ATVPDKIKX0DER][audience=ALL]#1.discounted_price#1.schedule#1.end_at",
        "purchasable_offer[marketplace_id=ATVPDKIKX0DER][audience=ALL]#1.minimum_seller_allowed_price#1.schedule#1.value_with_tax"]
SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def sheet(rows, more=""):
    """`rows`: number, cells as (column, index of a shared string)."""
    body = "".join('<row r="%d">%s</row>' % (number, "".join('<c r="%s%d" s="3" t="s"><v>%d</v></c>' % (column, number, text) for column, text in cells))
                   for number, cells in rows)
    return '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet %s><sheetData>%s</sheetData>%s</worksheet>' % (SPACE, body, more)


def workbook(sheets, strings, extra=()):
    """A zip as Excel makes it; parts that nobody may touch among them."""
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "xl/workbook.xml": '<workbook %s xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>%s</sheets></workbook>' % (
            SPACE, "".join('<sheet name="S%d" sheetId="%d" r:id="rId%d"/>' % (i, i, i) for i in range(1, len(sheets) + 1))),
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>' % "".join(
            '<Relationship Id="rId%d" Type="t" Target="worksheets/sheet%d.xml"/>' % (i, i) for i in range(1, len(sheets) + 1)),
        "xl/sharedStrings.xml": "<sst %s>%s</sst>" % (SPACE, "".join("<si><t>%s</t></si>" % text for text in strings)),
        "xl/vbaProject.bin": bytes(range(256)) * 20, **dict(extra)}
    for i, text in enumerate(sheets, 1):
        parts["xl/worksheets/sheet%d.xml" % i] = text
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(zipfile.ZipInfo(name, (2026, 11, 1, 8, 0, 0)), content)
    return out.getvalue()


def listing_template(keys=KEYS, row=5):
    strings = ["Instructions"] + keys + ["Edit (Partial Update)", "Create or Replace (Full Update)"]
    return workbook([sheet([(1, [("A", 0)])]), sheet([(1, [("A", 0)]), (row, [(chr(65 + i), i + 1) for i in range(len(keys))])])], strings)


def discount_template(heads=("SKU", "Discount Type", "Discount Value", "Minimum Price")):
    rule = '<dataValidations count="1"><dataValidation type="list" sqref="B2:B500"><formula1>"Percentage Off,Amount Off,Fixed Price"</formula1></dataValidation></dataValidations>'
    return workbook([sheet([(1, [(chr(65 + i), i) for i in range(len(heads))])], rule)], list(heads))


def parts(bytes_):
    with zipfile.ZipFile(io.BytesIO(bytes_)) as file:
        assert file.testzip() is None
        return {name: file.read(name) for name in file.namelist()}


def cells(xml, row):
    """Of a row that was filled in: column → text."""
    found = re.search('<row r="%d"[^>]*>(.*?)</row>' % row, xml.decode()).group(1)
    return {column: inline or number for column, inline, number in
            re.findall(r'<c r="([A-Z]+)%d"[^>]*>(?:<is><t>([^<]*)</t></is>|<v>([^<]*)</v>)</c>' % row, found)}


@needs_clock
class Listing(Desk):
    def test_sale_prices_go_into_the_template_by_its_keys(self):
        before = listing_template()
        path = self.write("MYTEMPLATE.xlsm", before)
        self.on("approve", "--all")
        wanted = {a["sku"]: a for a in self.todo()["actions"]}
        done = self.carry_out("week", "--template", path)
        names = [f["name"] for f in done["files"]]
        self.assertIn("listing_template_US_2026-11-30.xlsm", names)
        self.assertFalse([n for n in names if n.startswith("prices_")], "a price stands in one file alone")
        with open(os.path.join(self.folder, "week", "listing_template_US_2026-11-30.xlsm"), "rb") as file:
            after = file.read()
        old, new = parts(before), parts(after)
        self.assertEqual(list(old), list(new))
        self.assertEqual([name for name in old if old[name] != new[name]], ["xl/worksheets/sheet2.xml"])
        row = cells(new["xl/worksheets/sheet2.xml"], 6)
        action = wanted[row["A"]]
        self.assertEqual((row["B"], row["F"], row["G"], row["H"]),
                         ("Edit (Partial Update)", action["price"]["amount"], action["from"], action["to"]))
        self.assertNotIn("E", row, "business buyers have their own price")
        self.assertEqual(row["I"], row["F"], "the minimum moves with it")
        self.assertIn("product type is left empty", " ".join(done["notes"]))
        self.assertEqual(self.state(action["id"])["file"], "listing_template_US_2026-11-30.xlsm")
        first = self.sums("week")["listing_template_US_2026-11-30.xlsm"]
        self.carry_out("again", "--template", path)
        self.assertEqual(self.sums("again")["listing_template_US_2026-11-30.xlsm"], first)

    def test_older_keys_and_the_third_row(self):
        keys = ["item_sku", "update_delete", "sale_price", "sale_from_date", "sale_end_date"]
        path = self.write("old.xlsx", listing_template(keys, 3))
        self.on("approve", "--all")
        self.carry_out("week", "--template", path)
        with open(os.path.join(self.folder, "week", "listing_template_US_2026-11-30.xlsx"), "rb") as file:
            row = cells(parts(file.read())["xl/worksheets/sheet2.xml"], 4)
        self.assertEqual(row["B"], "PartialUpdate")
        self.assertRegex(row["D"], r"^\d{4}-\d\d-\d\d$")

    def test_what_does_not_fit_is_said_and_writes_nothing(self):
        self.on("approve", "--all")
        for name, content, says in (("none.xlsx", b"PK but no zip", "no workbook"),
                                    ("other.xlsx", workbook([sheet([(1, [("A", 0)])])], ["Hello"]), "no sheet of it"),
                                    ("uk.xlsx", listing_template([k.replace("ATVPDKIKX0DER", "A1F83G8C2ARO7P") for k in KEYS]), "in this store")):
            ran = self.on("carry-out", "week", "--template", self.write(name, content))
            self.assertEqual(ran.code, 1, ran)
            self.assertIn(says, ran.err)
            self.assertIn(name, ran.err)
        self.assertFalse(os.listdir(os.path.join(self.folder, "week")))
        self.assertEqual(set(self.todo()["states"]), {"approved"})


@needs_clock
class Discounts(Case):
    now = "2026-01-05 09:00:00"

    def test_the_sheet_of_price_discounts(self):
        self.run_command("demo", os.path.join(self.folder, "sample"), "--as-of", "2026-01-05", "--db", self.db, timeout=600)
        on = lambda *words: self.destock(*words, "--account", "sample", timeout=600)
        on("approve", "--all", "--channel", "ped")
        prime = [a for a in on("todo", "--format", "json").json()["actions"] if a["state"] == "approved" and a["marketplace"] == "US"]
        self.assertTrue(prime)
        path = self.write("discounts.xlsx", discount_template())
        done = on("carry-out", "week", "--marketplace", "US", "--format", "json", "--template", path).json()
        mine = [f for f in done["files"] if f["kind"].startswith("price_discount")]
        held = {one["id"] for one in done["held_back"]}
        self.assertEqual(sorted(id for f in mine for id in f["actions"]), sorted(a["id"] for a in prime if a["id"] not in held))
        with open(os.path.join(self.folder, "week", mine[0]["name"]), "rb") as file:
            row = cells(parts(file.read())["xl/worksheets/sheet1.xml"], 2)
        action = next(a for a in prime if a["sku"] == row["A"])
        self.assertEqual((row["B"], row["C"]), ("Fixed Price", action["price"]["amount"]))
        notes = " ".join(done["notes"])
        self.assertIn("enter the name " + mine[0]["actions"][0], notes)
        self.assertIn("Minimum Price is left empty", notes)


if __name__ == "__main__":
    main()
