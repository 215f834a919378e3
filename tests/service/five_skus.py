"""A small account as a seller downloads it on Sunday 29 November 2026: five SKUs in the United States, the planning report as of
the day before, the reports without a date written on the day itself, sixteen weeks of orders, costs in yuan and no rate."""
import os

from product import fee_preview_row, order_rows, planning_row

SNAPSHOT = "2026-11-28"
TODAY = "2026-11-29"
SKUS = {
    # sku: stock, units a day, price, fulfilment, ages
    "JJ-GARLIC-01": (2840, 280 / 30, "17.99", "3.92", [1040, 1200, 600, 0, 0]),
    "JJ-LADDER-02": (620, 2.0, "29.99", "9.11", [100, 240, 240, 40, 0]),
    "JJ-XMAS-03": (1950, 20.0, "24.99", "5.37", [1950, 0, 0, 0, 0]),
    "JJ-HOT-05": (150, 10.0, "21.99", "4.18", [150, 0, 0, 0, 0]),
}


def spread(per_day):
    """Whole units a day that add up to a pace: 9.33 a day as 9, 10, 9 …"""
    return lambda at: int(per_day * (at.toordinal() + 1)) - int(per_day * at.toordinal())


def write(case, folder="own", fee_preview=True, rate=False):
    """Writes the files; gives back their folder."""
    planning, orders, fees = [], [], []
    for sku, (stock, per_day, price, fulfilment, ages) in SKUS.items():
        t30 = round(per_day * 30)
        planning.append(planning_row(sku, SNAPSHOT, stock, price=price, t7=round(per_day * 7), t30=t30, ages=ages))
        orders += order_rows(sku, "2026-08-08", SNAPSHOT, spread(per_day), price=price)
        fees.append(fee_preview_row(sku, price=price, fulfilment=fulfilment))
    fees.append(fee_preview_row("JJ-DEAD-04", price="39.99", fulfilment="7.46"))
    case.table(folder + "/fba_inventory.csv", planning)
    case.table(folder + "/all_orders.txt", orders, delimiter="\t")
    manage = [{"sku": sku, "fnsku": "X0" + sku[-8:].replace("-", "0"), "asin": "B0" + sku[-8:].replace("-", "0"), "product-name": "Product " + sku, "condition": "New",
               "your-price": price, "mfn-listing-exists": "No", "mfn-fulfillable-quantity": "", "afn-listing-exists": "Yes", "afn-warehouse-quantity": stock,
               "afn-fulfillable-quantity": stock, "afn-unsellable-quantity": 0, "afn-reserved-quantity": 0, "afn-total-quantity": stock, "per-unit-volume": "0.10",
               "afn-inbound-working-quantity": 0, "afn-inbound-shipped-quantity": 0, "afn-inbound-receiving-quantity": 0}
              for sku, stock, price in [("JJ-DEAD-04", 430, "39.99")] + [(s, v[0], v[2]) for s, v in SKUS.items()]]
    written = [case.table(folder + "/manage_fba.txt", manage, delimiter="\t")]
    if fee_preview:
        written.append(case.table(folder + "/fee_preview.txt", fees, delimiter="\t"))
    for path in written:
        case.aged(path, TODAY)
    case.write(folder + "/成本表.csv", ("SKU,采购成本(元),头程运费(元),交期(天),季节\n"
                                       "JJ-GARLIC-01,18.00,9.00,45,\nJJ-LADDER-02,42.67,18.88,50,\nJJ-XMAS-03,31.00,12.00,60,圣诞节\nJJ-DEAD-04,55.00,30.00,60,\n"
                                       "JJ-HOT-05,24.00,8.00,35,\n").encode("gb18030"))
    if rate:
        case.write(folder + "/exchange_rates.csv", "from,to,rate,date\nUSD,CNY,7.10,2026-11-28\n")
    return os.path.join(case.folder, folder)
