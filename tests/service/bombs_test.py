"""Small files that unpack to much: each has a limit up to which it is read, and beyond which it is refused by name in both languages,
in less than 400 MB."""
import gzip
import io
import os
import resource
import subprocess
import zipfile

from product import PROGRAM, Case, Ran, main, sanitized

HEAD = '<?xml version="1.0"?>'
NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
COLUMNS = ["sku", "unit-cost", "currency"]


def cell(reference, text):
    return '<c r="%s" t="inlineStr"><is><t>%s</t></is></c>' % (reference, text)


def header():
    return "<row r=\"1\">%s</row>" % "".join(cell("%s1" % "ABC"[i], name) for i, name in enumerate(COLUMNS))


def book(sheet, strings=None, names=("Costs",), same=False):
    """A workbook with this text between <sheetData> and </sheetData>."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", HEAD + "<Types/>")
        ids = range(1, len(names) + 1)
        archive.writestr("xl/workbook.xml", HEAD + "<workbook %s><sheets>%s</sheets></workbook>" % (NS, "".join(
            '<sheet name="%s" sheetId="%d" r:id="rId%d"/>' % (name, i, 1 if same else i) for i, name in zip(ids, names))))
        archive.writestr("xl/_rels/workbook.xml.rels", HEAD + "<Relationships>%s</Relationships>" % "".join(
            '<Relationship Id="rId%d" Target="worksheets/sheet%d.xml"/>' % (i, i) for i in ids))
        archive.writestr("xl/worksheets/sheet1.xml", HEAD + "<worksheet %s><sheetData>%s</sheetData></worksheet>" % (NS, sheet))
        if strings is not None:
            archive.writestr("xl/sharedStrings.xml", HEAD + "<sst %s>%s</sst>" % (NS, strings))
    return out.getvalue()


def rows(count, first=2, extra=""):
    return "".join('<row r="%d">%s%s%s%s</row>' % (r, cell("A%d" % r, "SKU-%d" % r), '<c r="B%d"><v>12.5</v></c>' % r, cell("C%d" % r, "CNY"), extra.replace("#", str(r)))
                   for r in range(first, first + count))


# A sanitizer reserves terabytes of addresses and keeps what was freed: memory is measured on the program that ships.
LIMIT_MB = 1 << 20 if sanitized() else 400


def limit_addresses():
    if not sanitized():
        resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))


class Bombs(Case):
    def run_import(self, name, data, lang="en"):
        """Imported by the command line, with what it took of memory at the most, in MB."""
        path = self.write(name, data)
        process = subprocess.Popen([PROGRAM, "import", path, "--db", self.db, "--format", "json", "--lang", lang], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                   env=self.environment(), preexec_fn=limit_addresses)
        out, err = process.stdout.read(), process.stderr.read()
        _, _, usage = os.wait4(process.pid, 0)
        process.returncode = 0
        return Ran(type("Done", (), {"returncode": 0, "stdout": out, "stderr": err})).json()["files"][0], usage.ru_maxrss // 1024

    def taken(self, name, data, imported):
        file, memory = self.run_import(name, data)
        self.assertEqual((file["status"], file["rows_imported"]), ("imported", imported), file)
        self.assertLess(memory, LIMIT_MB)

    def refused(self, name, data, english, chinese):
        file, memory = self.run_import(name, data)
        self.assertEqual(file["status"], "failed", file)
        self.assertIn(english, file["error"]["what"])
        self.assertLess(memory, LIMIT_MB)
        file, _ = self.run_import(name, data, "zh")
        self.assertIn(chinese, file["error"]["what"])

    def test_columns(self):
        self.taken("costs.xlsx", book(header() + rows(100, extra=cell("IV#", "far right"))), 100)
        self.refused("costs.xlsx", book(header() + rows(40_000, extra=cell("XFD#", "x"))), "beyond column IV", "超出 IV 列")

    def test_cells_without_text_far_to_the_right_do_no_harm(self):
        self.taken("costs.xlsx", book(header() + rows(100, extra='<c r="XFD#" s="1"/>')), 100)

    def test_a_long_text_in_many_cells(self):
        shared = "<si><t>%s</t></si>" % ("x" * 30_000)
        tail = "".join('<row r="%d">%s<c r="B%d"><v>12.5</v></c>%s<c r="D%d" t="s"><v>0</v></c></row>' % (r, cell("A%d" % r, "S%d" % r), r, cell("C%d" % r, "CNY"), r)
                       for r in range(2, 5002))
        self.taken("costs.xlsx", book(header() + tail, shared), 5000)
        self.refused("costs.xlsx", book(header() + tail, "<si><t>%s</t></si>" % ("x" * 1_000_000)), "more than 32,767 characters", "超过 32,767 个字符")

    def test_one_sheet_many_times(self):
        self.taken("costs.xlsx", book(header() + rows(100), names=["s%d" % i for i in range(20_000)], same=True), 100)

    def test_merged_cells_over_many_rows(self):
        merged = lambda last: "</sheetData><mergeCells>%s</mergeCells><sheetData>" % "".join('<mergeCell ref="%s2:%s%d"/>' % (c, c, last) for c in "CDEFGHIJKLMNOPQRSTUVWXYZ")
        self.taken("costs.xlsx", book(header() + rows(4000) + merged(1_048_576)), 4000)
        wide = "".join(cell("%s2" % c, "x") for c in "DEFGHIJKLMNOPQRSTUVWXYZ")
        self.refused("costs.xlsx", book(header() + rows(1, extra=wide) + rows(8000, 3) + merged(1_048_576)), "more than 100,000 merged cells", "合并单元格超过 100,000 个")

    def test_a_part_that_unpacks_to_much(self):
        self.refused("costs.xlsx", book(header() + rows(2), "<si><t>%s</t></si>" % (" " * (33 << 20))), "unpacks to more than 32 MB", "解压后超过 32 MB")
        self.refused("costs.xlsx", book(header() + rows(2) + "<row r=\"9\">" + "<c/>" * (9 << 20) + "</row>"), "unpacks to more than 32 MB", "解压后超过 32 MB")

    def test_empty_cells_just_below_the_limit(self):
        file, memory = self.run_import("costs.xlsx", book(header() + rows(2) + "".join("<row>" + "<c/>" * 16_384 + "</row>" for _ in range(450))))
        self.assertEqual(file["status"], "imported", file)
        self.assertLess(memory, LIMIT_MB)

    def test_cells_in_all(self):
        wide = "".join('<row r="%d">%s</row>' % (r, '<c r="IV%d"><v>1</v></c>' % r) for r in range(10, 19_000))
        self.assertEqual(self.run_import("costs.xlsx", book(header() + rows(2) + wide))[0]["status"], "imported")
        wide = "".join('<row r="%d">%s</row>' % (r, '<c r="IV%d"><v>1</v></c>' % r) for r in range(10, 40_000))
        self.refused("costs.xlsx", book(header() + rows(2) + wide), "more than 5,000,000 cells", "超过 5,000,000 个单元格")

    def test_entities_that_a_workbook_defines_itself_are_not_unfolded(self):
        laughs = '<!DOCTYPE x [<!ENTITY a0 "ha">' + "".join('<!ENTITY a%d "%s">' % (i, ("&a%d;" % (i - 1)) * 10) for i in range(1, 10)) + "]>"
        sheet = header() + rows(2) + '<row r="9">%s</row>' % (cell("A9", "&a9;") + '<c r="B9"><v>1</v></c>' + cell("C9", "CNY"))
        plain = book(sheet)
        hurt = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(plain)) as old, zipfile.ZipFile(hurt, "w") as new:
            for name in old.namelist():
                new.writestr(name, old.read(name).decode().replace(HEAD, HEAD + laughs))
        self.taken("costs.xlsx", hurt.getvalue(), 3)

    def test_pages_named_as_workbooks(self):
        def page(line, count):
            return "<html><table><tr><th>sku<th>unit-cost<th>currency</tr>%s</table></html>" % (line * count)

        self.taken("costs.xls", page("<tr><td>A<td>12.5<td>CNY</tr>", 100_000), 100_000)
        self.refused("costs.xls", page("<tr><td>A<td>12.5<td>CNY</tr>", 700_000), "too large for a file of this kind", "表格过大")
        self.refused("costs.xls", page("<tr>" + "<td>1" * 300 + "</tr>", 1), "too large for a file of this kind", "表格过大")
        self.taken("costs.xls", page("<tr><td>A<td>12.5<td>CNY</tr>", 1) + "<!--" + "x" * (8 << 20), 1)

    def test_entities_and_indices_of_excels_xml_that_lie(self):
        laughs = '<!DOCTYPE x [<!ENTITY a "%s">]>' % ("ha" * 100)
        text = ('<?xml version="1.0"?>%s<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="s"><Table>'
                '<Row><Cell><Data>sku</Data></Cell><Cell><Data>unit-cost</Data></Cell><Cell><Data>currency</Data></Cell></Row>'
                '<Row ss:Index="999999999"><Cell><Data>&a;&a;&a;</Data></Cell><Cell ss:Type="Number"><Data>1</Data></Cell><Cell><Data>CNY</Data></Cell></Row>%s</Table></Worksheet></Workbook>')
        self.taken("costs.xls", text % (laughs, ""), 1)
        self.refused("costs.xls", text % (laughs, '<Row><Cell ss:Index="4000000000"><Data>x</Data></Cell></Row>'), "too large for a file of this kind", "表格过大")

    def test_rows_of_a_cost_sheet_in_gzip(self):
        def sheet(count):
            return gzip.compress(b"sku,unit-cost,currency\n" + b"".join(b"S%d,1,CNY\n" % i for i in range(count)), 1)

        self.taken("costs.csv.gz", sheet(500_000), 500_000)
        self.refused("costs.csv.gz", sheet(500_001), "more than 500000 rows", "超过 500000 行")


if __name__ == "__main__":
    main()
