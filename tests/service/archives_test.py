"""A zip archive of reports: each file in it is read as if it lay there by itself; what cannot be opened is named, and no archive makes the program
write, unpack or wait without end."""
import io
import os
import struct
import time
import zipfile

from product import Case, fee_preview_row, main, planning_row, table_text


def archive(files, **more):
    """Bytes of a zip of {name: content}."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, **more) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return out.getvalue()


def workbook(rows):
    """The bytes of a workbook of one sheet."""
    cells = "".join("<row>%s</row>" % "".join('<c t="inlineStr"><is><t>%s</t></is></c>' % cell for cell in row) for row in rows)
    return archive({
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": '<workbook xmlns:r="x"><sheets><sheet name="Sheet1" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": "<worksheet><sheetData>%s</sheetData></worksheet>" % cells,
    })


PLANNING = table_text([planning_row("A-1", "2026-01-05", 400, t30=3), planning_row("A-2", "2026-01-05", 50, t30=30)])
MANAGE = "sku\tafn-fulfillable-quantity\tyour-price\nB-1\t12\t9.99\nB-2\t3\t5.00\n"
COSTS = "sku,unit-cost,currency\nA-1,3.10,USD\nA-2,4.20,USD\n"


class Archives(Case):
    def import_archive(self, name, data, codes=(0,), options=()):
        return self.imported(self.write(name, data), codes=codes, options=options)

    def by_name(self, outcome):
        return {file["path"].split(".zip/", 1)[-1]: file for file in outcome["files"]}

    def test_each_file_is_one_of_its_own(self):
        outcome = self.import_archive("November.zip", archive({"stock/fba_inventory_US_2026-01-05.csv": PLANNING, "costs.csv": COSTS, "notes.md": "# mine", "why.txt": "call Li\n"}), codes=(3,))
        files = self.by_name(outcome)
        self.assertEqual({name: file["report"] for name, file in files.items() if file["status"] == "imported"}, {"stock/fba_inventory_US_2026-01-05.csv": "fba_inventory", "costs.csv": "cost_sheet"})
        self.assertEqual(files["why.txt"]["status"], "failed")
        self.assertEqual([os.path.basename(one["path"]) for one in outcome["left_alone"]], ["notes.md"])
        self.assertIn("November.zip/costs.csv", files["costs.csv"]["path"])
        health = self.destock("health", "--format", "json").json()
        self.assertEqual({s["sku"]: s["available"] for s in health["skus"]}, {"A-1": 400, "A-2": 50})
        again = self.imported(self.write("fba_inventory_US_2026-01-05.csv", PLANNING))["files"][0]
        self.assertEqual(again["status"], "already_imported", again)

    def test_the_archive_is_a_folder_by_another_name(self):
        self.assertEqual(self.import_archive("UK.zip", archive({"manage_fba_2026-01-05.txt": MANAGE}))["files"][0]["coverage"][0]["marketplace"], "UK")
        self.assertEqual(self.import_archive("reports.zip", archive({"DE/manage_fba_2026-01-05.txt": MANAGE.replace("B-", "D-")}))["files"][0]["coverage"][0]["marketplace"], "DE")
        os.makedirs(os.path.join(self.folder, "FR"))
        self.assertEqual(self.import_archive("FR/all.zip", archive({"manage_fba_2026-01-05.txt": MANAGE.replace("B-", "F-")}))["files"][0]["coverage"][0]["marketplace"], "FR")
        said = self.import_archive("x.zip", archive({"manage_fba_2026-01-05.txt": MANAGE.replace("B-", "J-")}), options=("--marketplace", "JP"))
        self.assertEqual(said["files"][0]["coverage"][0]["marketplace"], "JP")

    def test_workbooks_and_gzip_within(self):
        import gzip
        outcome = self.import_archive("all.zip", archive({"costs.xlsx": workbook([["sku", "unit-cost", "currency"], ["A-1", "3.10", "USD"]]), "fba_inventory_US_2026-01-05.csv.gz": gzip.compress(PLANNING.encode())}))
        self.assertEqual({f["report"] for f in outcome["files"]}, {"cost_sheet", "fba_inventory"})

    def test_names_of_a_chinese_windows(self):
        packed = archive({"XXXXXXXXXX.txt": MANAGE}).replace(b"XXXXXXXXXX", "美国站库存".encode("gb18030"))
        file = self.import_archive("下载.zip", packed)["files"][0]
        self.assertEqual(file["coverage"][0]["marketplace"], "US")
        self.assertTrue(file["path"].endswith("下载.zip/美国站库存.txt"), file["path"])

    def test_what_cannot_be_opened_is_named(self):
        packed = bytearray(archive({"locked.csv": PLANNING, "fba_inventory_US_2026-01-05.csv": PLANNING}))
        for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # the first entry says that it is encrypted
            place = packed.index(mark)
            struct.pack_into("<H", packed, place + at, struct.unpack_from("<H", packed, place + at)[0] | 1)
        files = self.by_name(self.import_archive("some.zip", bytes(packed), codes=(3,)))
        self.assertEqual(files["fba_inventory_US_2026-01-05.csv"]["status"], "imported")
        self.assertIn("password", files["locked.csv"]["error"]["what"])

    def test_an_archive_within_one_is_not_opened(self):
        outcome = self.import_archive("outer.zip", archive({"inner.zip": archive({"a.csv": PLANNING}), "fba_inventory_US_2026-01-05.csv": PLANNING}))
        self.assertEqual([f["status"] for f in outcome["files"]], ["imported"])
        self.assertIn("zip archive", outcome["left_alone"][0]["why"])

    def test_one_without_reports_says_so(self):
        for name, data, words in (("none.zip", archive({"a.md": "x", "b.png": "y"}), "no report"), ("empty.zip", archive({}), "no file"), ("cut.zip", archive({"a.csv": PLANNING})[:-40], "cut off"),
                                  ("twice.zip", archive({"f%d.csv" % i: "x" for i in range(1001)}), "more than 1,000")):
            with self.subTest(name):
                file = self.import_archive(name, data, codes=(1,))["files"][0]
                self.assertIn(words, file["error"]["what"], file)

    def test_names_that_lead_elsewhere_stay_inside(self):
        outcome = self.import_archive("odd.zip", archive({"../../fba_inventory_US_2026-01-05.csv": PLANNING, "C:\\temp\\costs.csv": COSTS, "__MACOSX/._costs.csv": b"\0\1\2", ".DS_Store": b"\0"}))
        self.assertEqual(sorted(self.by_name(outcome)), ["fba_inventory_US_2026-01-05.csv", "temp/costs.csv"])
        self.assertEqual(len(outcome["left_alone"]), 2, outcome["left_alone"])
        self.assertEqual(sorted(n for n in os.listdir(self.folder) if not n.startswith(".")), ["destock.db", "odd.zip"] + [n for n in sorted(os.listdir(self.folder)) if n.startswith("destock.db-")])

    def test_bombs_are_refused_at_once(self):
        from_zeros = archive({"fba_inventory_US_2026-01-05.csv": b"\0" * (200 << 20)})
        lying = bytearray(archive({"fba_inventory_US_2026-01-05.csv": PLANNING * 20_000}))
        for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):  # says that it unpacks to less than it does
            struct.pack_into("<I", lying, lying.index(mark) + at, 5_000)
        for name, data in (("zeros.zip", from_zeros), ("lying.zip", bytes(lying))):
            with self.subTest(name):
                began = time.monotonic()
                file = self.import_archive(name, data, codes=(1,))["files"][0]
                self.assertEqual(file["status"], "failed", file)
                self.assertLess(time.monotonic() - began, 20)

    def test_dropped_on_the_dashboard(self):
        self.import_archive("first.zip", archive({"costs.csv": COSTS}))
        server = self.serve()
        owner = server.owner()
        upload = server.upload(owner, 1, "open.zip", archive({"manage_fba.txt": MANAGE}))
        asked = server.get("/accounts/1/uploads/" + upload, owner)
        self.assertEqual((asked["report"], asked["needs_day"], asked["needs_marketplace"]), (None, True, True))
        job = server.import_files(owner, 1, {"all.zip": archive({"fba_inventory_US_2026-01-05.csv": PLANNING, "fees.csv": table_text([fee_preview_row("A-1")])})})
        files = job["result"]["files"] if "result" in job else job["files"]
        self.assertEqual({f["report"] for f in files}, {"fba_inventory", "fee_preview"}, job)


if __name__ == "__main__":
    main()
