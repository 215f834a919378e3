"""A small shop for tests about what is kept: some SKUs with far more stock than they sell, so that each has a line in the plan."""
from product import Case, fee_preview_row, order_rows, planning_row, table_text

SKUS = ["SH-%02d" % i for i in range(1, 13)]


def inventory(date, skus=SKUS, units=900):
    return table_text([planning_row(sku, date, units, t7=5, t30=20, ages=[300, 200, 150, 150, units - 800]) for sku in skus])


def fees(skus=SKUS):
    return table_text([fee_preview_row(sku) for sku in skus], "\t")


def orders(first, last, skus=SKUS):
    return table_text([row for sku in skus for row in order_rows(sku, first, last, lambda day: int(day.toordinal() % 3 != 0))], "\t")


def costs(skus=SKUS, cost="5.00", currency="USD"):
    return table_text([{"sku": sku, "marketplace": "US", "unit-cost": cost, "currency": currency} for sku in skus])


def reports(date, first):
    """Those of one day, orders from `first` on."""
    return {"fba_inventory_%s.csv" % date: inventory(date), "fee_preview_%s.txt" % date: fees(), "orders.txt": orders(first, date), "costs.csv": costs()}


def open_shop(case, date="2026-11-28", first="2026-09-01"):
    """Imported by the command line into the case's database, account "shop"."""
    folder = [case.write("reports/" + name, text) for name, text in reports(date, first).items()]
    return case.imported(*folder, account="shop")


def keys(lines):
    return [{"marketplace": line["marketplace"], "sku": line["sku"]} for line in lines]


class ShopCase(Case):
    """The shop, its server and its owner."""

    def setUp(self):
        super().setUp()
        open_shop(self)
        self.server = self.serve()
        self.owner = self.server.owner()
        self.account = self.server.get("/accounts", self.owner)["accounts"][0]["id"]
