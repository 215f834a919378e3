"""Claims: what became of things is read beside reports of stock: removal orders as they were last updated, by the seller's own order number;
what settlements took of a unit goes before the card where Fee Preview is silent, and is set against it; promotions, coupons and traffic are read
from Amazon's own JSON; stranded stock is a flag, receipts are receipts whichever report tells them."""
import json

from product import Case, fee_preview_row, main, needs_clock, order_rows, planning_row

REMOVAL = ("request-date", "order-id", "order-source", "order-type", "service-speed", "order-status", "last-updated-date", "sku", "fnsku", "disposition", "requested-quantity",
           "cancelled-quantity", "disposed-quantity", "shipped-quantity", "in-process-quantity", "removal-fee", "currency")
SETTLEMENT = ("settlement-id", "settlement-start-date", "settlement-end-date", "deposit-date", "total-amount", "currency", "transaction-type", "order-id", "merchant-order-id",
              "adjustment-id", "shipment-id", "marketplace-name", "amount-type", "amount-description", "amount", "fulfillment-id", "posted-date", "posted-date-time", "order-item-code",
              "merchant-order-item-id", "merchant-adjustment-item-id", "sku", "quantity-purchased", "promotion-id")


def removal(order, status, updated, shipped, **more):
    row = dict.fromkeys(REMOVAL, "")
    row.update({"request-date": "2026-11-02T10:00:00+00:00", "order-id": order, "order-type": "Return", "order-status": status, "last-updated-date": updated, "sku": "S-1",
                "disposition": "Sellable", "requested-quantity": 120, "cancelled-quantity": 0, "disposed-quantity": 0, "shipped-quantity": shipped, "in-process-quantity": 120 - shipped,
                "removal-fee": "62.40", "currency": "USD"})
    row.update(more)
    return row


def paid(kind, what, amount, *, transaction="Order", day="2026-11-20", sku="S-1", units="", **more):
    row = dict.fromkeys(SETTLEMENT, "")
    row.update({"settlement-id": "600", "transaction-type": transaction, "order-id": "111-1", "marketplace-name": "Amazon.com", "amount-type": kind, "amount-description": what,
                "amount": amount, "fulfillment-id": "AFN", "posted-date": day, "sku": sku, "quantity-purchased": units})
    row.update(more)
    return row


def summary(settlement="600", currency="USD", total="100.00"):
    row = dict.fromkeys(SETTLEMENT, "")
    row.update({"settlement-id": settlement, "settlement-start-date": "2026-11-14T00:00:00+00:00", "settlement-end-date": "2026-11-28T00:00:00+00:00", "total-amount": total,
                "currency": currency})
    return row


def sold(units, price, referral, fulfilment, **more):
    return [paid("ItemPrice", "Principal", "%.2f" % (units * price), units=units, **more), paid("ItemFees", "Commission", "%.2f" % (-units * referral), **more),
            paid("ItemFees", "FBAPerUnitFulfillmentFee", "%.2f" % (-units * fulfilment), **more)]


class Shop(Case):
    now = "2026-11-29 09:00:00"

    def shop(self, *, preview=None):
        rows = [planning_row("S-1", "2026-11-28", 600, price="29.99", t7=7, t30=30, ages=[100, 100, 100, 300, 0], item_volume="0.5")]
        self.table("in/fba_inventory.csv", rows)
        self.table("in/all_orders.txt", order_rows("S-1", "2026-06-01", "2026-11-27", lambda day: 1, price="29.99"), delimiter="\t")
        if preview:
            self.table("in/fee_preview_2026-11-28.txt", [fee_preview_row("S-1", price="29.99", **preview)], delimiter="\t")

    def of(self, what):
        ran = self.destock("imports", what, "--format", "json")
        self.assertEqual(ran.code, 0, ran)
        return ran.json()


@needs_clock
class Removals(Shop):
    def test_an_order_is_as_it_was_last_updated_whichever_file_came_last(self):
        self.shop()
        self.imported(self.folder + "/in", codes=(0, 3))
        done = self.table("b/removals.txt", [removal("DSK-2026W45-0007", "Completed", "2026-11-20T10:00:00+00:00", 120)], delimiter="\t")
        pending = self.table("c/removals.txt", [removal("DSK-2026W45-0007", "Pending", "2026-11-03T10:00:00+00:00", 0), removal("Ab12", "Pending", "2026-11-03T10:00:00+00:00", 0)], delimiter="\t")
        one = self.imported(done)["files"][0]
        self.assertEqual((one["report"], one["rows_imported"]), ("removal_order_detail", 1))
        self.imported(pending)
        orders = self.of("removals")["removal_orders"]
        self.assertEqual([(o["order_id"], o["status"], o["shipped"], o["marketplace"]) for o in orders], [("DSK-2026W45-0007", "Completed", 120, "US"), ("Ab12", "Pending", 0, "US")])
        self.assertEqual((orders[0]["requested_on"], orders[0]["requested"], orders[0]["fee"]["amount"]), ("2026-11-02", 120, "62.40"))
        self.destock("imports", "discard", one["import_id"])
        self.assertEqual(self.of("removals")["removal_orders"][0]["status"], "Pending")

    def test_parcels_stand_beside_their_order(self):
        self.shop()
        self.imported(self.folder + "/in", codes=(0, 3))
        rows = [{"request-date": "2026-11-02T10:00:00+00:00", "order-id": "DSK-1", "shipment-date": "2026-11-1%dT20:00:00+00:00" % i, "sku": "S-1", "fnsku": "X0S01", "disposition": "Sellable",
                 "shipped-quantity": 60, "carrier": "UPS", "tracking-number": "1Z%d" % i, "removal-order-type": "Return"} for i in (1, 2)]
        self.imported(self.table("b/parcels.txt", rows, delimiter="\t"))
        self.imported(self.table("c/parcels.txt", rows + [dict(rows[0], **{"tracking-number": "1Z9", "shipped-quantity": 5})], delimiter="\t"))
        parcels = self.of("removals")["removal_shipments"]
        self.assertEqual(sorted((p["shipped_on"], p["units"], p["tracking"]) for p in parcels), [("2026-11-11", 5, "1Z9"), ("2026-11-11", 60, "1Z1"), ("2026-11-12", 60, "1Z2")])

    def test_alone_they_say_what_they_complete(self):
        ran = self.destock("import", self.table("removals.txt", [removal("DSK-1", "Completed", "", 120)], delimiter="\t"), "--format", "json")
        self.assertEqual(ran.code, 1, ran)
        self.assertIn("no report of stock or sales is imported yet", str(ran.json()["files"][0]))


@needs_clock
class Settlements(Shop):
    def own(self):
        ran = self.destock("facts", "--check", "--format", "json")
        return {rate["fee"]: rate for rate in ran.json()["own_rates"] if rate["sku"] == "S-1"}

    def explained(self):
        return self.destock("explain", "--sku", "S-1", "--format", "json").json()

    def test_fees_that_were_taken_make_a_sku_without_fee_preview_known(self):
        self.shop()
        self.imported(self.folder + "/in", codes=(0, 3))
        self.assertIsNone(self.explained()["net_of_sale"])
        rows = [summary()] + sold(3, 29.99, 4.50, 5.77) + sold(1, 29.99, 4.50, 5.77, day="2026-11-22")
        self.imported(self.table("b/settlement.txt", rows, delimiter="\t"))
        own = self.own()
        self.assertEqual((own["fulfilment"]["rate"]["amount"], own["fulfilment"]["units"], own["fulfilment"]["card"], own["fulfilment"]["used"]), ("5.77", 4, None, True))
        self.assertEqual((own["fulfilment"]["from"], own["fulfilment"]["to"]), ("2026-11-20", "2026-11-22"))
        self.assertAlmostEqual(own["referral"]["share"], 0.15, places=3)
        self.assertAlmostEqual(float(self.explained()["net_of_sale"]["amount"]), 29.99 - 4.50 - 5.77, places=2)
        self.assertIn("from your own reports: Settlement, 2026-11-20", str(self.explained()))
        # Liquidations and what the seller ships himself are no fee of a unit.
        self.imported(self.table("c/settlement.txt", rows + sold(5, 20.00, 9.00, 9.00, **{"marketplace-name": "Non-Amazon US"}) + sold(5, 20.00, 9.00, 0, **{"fulfillment-id": "MFN"}), delimiter="\t"))
        self.assertEqual(self.own()["fulfilment"]["rate"]["amount"], "5.77")

    def test_they_are_set_against_the_card_and_fee_preview_goes_before_them(self):
        self.shop(preview={"fulfilment": "5.00"})
        self.imported(self.folder + "/in", codes=(0, 3))
        before = self.explained()["net_of_sale"]
        self.imported(self.table("b/settlement.txt", [summary()] + sold(4, 29.99, 4.50, 9.99), delimiter="\t"))
        own = self.own()["fulfilment"]
        self.assertIsNotNone(own["card"])
        self.assertFalse(own["used"])
        more = (9.99 - float(own["card"]["amount"])) * 180  # units since June
        self.assertAlmostEqual(float(own["a_year"]["amount"]), more, delta=0.02 * abs(more))
        self.assertEqual(self.explained()["net_of_sale"], before)

    def test_the_card_moves_what_was_charged(self):
        """What was taken in October is without the peak of 15 October to 14 January."""
        self.shop(preview={"fulfilment": ""})
        self.imported(self.folder + "/in", codes=(0, 3))
        self.imported(self.table("b/settlement.txt", [summary()] + sold(4, 29.99, 4.50, 5.00, day="2026-10-05"), delimiter="\t"))
        sale = {part["id"]: part for part in self.explained()["sale"]}
        self.assertGreater(-float(sale["fulfilment"]["amount"]["amount"]), 5.0)

    def test_a_settlement_that_comes_twice_counts_once_and_other_money_is_kept_by_order(self):
        self.shop()
        self.imported(self.folder + "/in", codes=(0, 3))
        own = {"order-id": "R77", "merchant-order-id": "DSK-2026W45-0007", "marketplace-name": "Non-Amazon"}
        rows = [summary()] + sold(3, 29.99, 4.50, 5.77) + [
            paid("ItemPrice", "Principal", "48.00", transaction="Liquidations", units=40, **own), paid("ItemFees", "LiquidationsBrokerageFee", "-7.20", transaction="Liquidations", **own),
            paid("other-transaction", "RemovalComplete", "-6.24", transaction="other-transaction", sku="", **{"order-id": "R78", "marketplace-name": ""})]
        self.imported(self.table("b/settlement.txt", rows, delimiter="\t"))
        self.imported(self.table("c/settlement.csv", rows))
        settled = self.of("settled")
        self.assertEqual([(fee["units"], fee["price"]["amount"], fee["referral"]["amount"]) for fee in settled["settled_fees"]], [(3, "29.99", "4.50")])
        money = {(a["transaction"], a["description"], a["merchant_order_id"]): a["amount"]["amount"] for a in settled["settled_amounts"]}
        self.assertEqual(money, {("Liquidations", "Principal", "DSK-2026W45-0007"): "48.00", ("Liquidations", "LiquidationsBrokerageFee", "DSK-2026W45-0007"): "-7.20",
                                 ("other-transaction", "RemovalComplete", ""): "-6.24"})


def promotion(identity, **more):
    row = {"promotionId": identity, "promotionName": "DSK-2026W45-0007 lights", "unitsSold": 121, "revenue": 3291.7, "revenueCurrencyCode": "USD", "startDateTime": "2026-11-09T08:00:00Z",
           "endDateTime": "2026-11-16T07:59:59Z", "type": "BEST_DEAL", "status": "APPROVED", "creationChannel": "SELF-SERVICE", "marketplaceId": "ATVPDKIKX0DER",
           "createdDateTime": "2026-09-18T13:24:39Z", "lastUpdatedDateTime": "2026-11-17T13:24:39Z", "includedProducts": [{"asin": "B0000000S1", "productUnitsSold": 121, "productRevenue": 3291.7}]}
    row.update(more)
    return row


def asked(report, **more):
    return {"reportType": report, "reportOptions": {}, "marketplaceIds": ["ATVPDKIKX0DER"], **more}


def as_json(**report):
    return json.dumps(report)


@needs_clock
class InJson(Shop):
    def test_promotions_and_coupons_are_facts_by_their_id(self):
        self.shop()
        self.write("in/promotions.json", as_json(reportSpecification=asked("GET_PROMOTION_PERFORMANCE_REPORT"), promotions=[promotion(16913551269), promotion("amzn1.promo.x", type="PRICE_DISCOUNT", includedProducts=[])]))
        self.write("in/coupons.json", as_json(coupons=[{"couponId": "A2NW", "marketplaceId": "ATVPDKIKX0DER", "currencyCode": "USD", "name": "DSK-2026W45-0008 lights", "startDateTime": "2026-11-20T08:00:00Z",
                                                        "endDateTime": "2026-12-20T07:59:59Z", "discountType": "PERCENT_OFF_LIST_PRICE", "discountAmount": 20, "clips": 13, "redemptions": 4, "budget": 400.0,
                                                        "totalDiscount": 24.0, "budgetSpent": 26.4, "sales": 96.0, "asins": [{"asin": "B0000000S1"}, {"asin": "B0000000S2"}]}],
                                                reportSpecification=asked("GET_COUPON_PERFORMANCE_REPORT")))
        self.write("in/notes.json", '{"nothing": "of ours"}')
        outcome = self.imported(self.folder + "/in", codes=(0, 3))
        self.assertIn("notes.json", str(outcome["ignored"]))
        got = {p["id"]: p for p in self.of("promotions")["promotions"]}
        deal, coupon = got["16913551269"], got["A2NW"]
        self.assertEqual((deal["from"], deal["to"], deal["units"], deal["revenue"]["amount"], deal["asins"]), ("2026-11-09", "2026-11-15", 121, "3291.70", "B0000000S1"))
        self.assertEqual((coupon["type"], coupon["status"], coupon["asins"], coupon["discount_percent"], coupon["redemptions"], coupon["units"], coupon["budget_spent"]["amount"]),
                         ("COUPON", None, "B0000000S1;B0000000S2", 20, 4, None, "26.40"))
        self.imported(self.write("b/older.json", as_json(promotions=[promotion(16913551269, unitsSold=3, lastUpdatedDateTime="2026-11-10T00:00:00Z")], reportSpecification=asked("x"))))
        self.assertEqual({p["id"]: p["units"] for p in self.of("promotions")["promotions"]}["16913551269"], 121)
        # Cut short, it is no report, and nothing of it is kept.
        cut = self.destock("import", self.write("c/cut.json", as_json(promotions=[promotion("B")])[:-40]), "--format", "json")
        self.assertEqual(cut.code, 1)
        self.assertIn("cut short", str(cut.json()["files"]))

    def test_traffic_stands_beside_the_sku(self):
        self.shop()
        self.imported(self.folder + "/in", codes=(0, 3))
        product = {"parentAsin": "B0P", "childAsin": "B0000000S1", "sku": "S-1", "salesByAsin": {"unitsOrdered": 7, "orderedProductSales": {"amount": 209.93, "currencyCode": "USD"}},
                   "trafficByAsin": {"sessions": 180, "pageViews": 240, "buyBoxPercentage": 92.5}}
        for name, start, end in (("old", "2026-11-08", "2026-11-14"), ("new", "2026-11-15", "2026-11-21")):
            self.imported(self.write("b/%s.json" % name, as_json(reportSpecification=asked("GET_SALES_AND_TRAFFIC_REPORT", dataStartTime=start, dataEndTime=end),
                                                                 salesAndTrafficByAsin=[dict(product, trafficByAsin=dict(product["trafficByAsin"], sessions=90 if name == "old" else 180))])))
        sku = self.destock("health", "--format", "json", "--all").json()["skus"][0]
        self.assertEqual(sku["amazon"]["traffic"], {"from": "2026-11-15", "to": "2026-11-21", "of_asin": False, "sessions": 180, "page_views": 240, "buy_box": 0.925, "units": 7})
        self.assertEqual(len(self.of("traffic")["traffic"]), 2)

    def test_the_business_report_as_csv(self):
        self.shop()
        self.imported(self.folder + "/in", codes=(0, 3))
        asin = self.destock("health", "--format", "json", "--all").json()["skus"][0]["asin"]
        rows = [{"(Parent) ASIN": "B0P", "(Child) ASIN": asin, "Title": "Toy", "Sessions - Total": "1,050", "Featured Offer (Buy Box) Percentage": "97.00%", "Units Ordered": 41, "Ordered Product Sales": "$1,234.50"}]
        self.imported(self.table("b/BusinessReport-11-28-26.csv", rows), options=("--snapshot-date", "2026-11-28"))
        seen = self.destock("health", "--format", "json", "--all").json()["skus"][0]["amazon"]["traffic"]
        self.assertEqual((seen["sessions"], seen["buy_box"], seen["of_asin"], seen["from"]), (1050, 0.97, True, None))
        self.assertEqual(self.destock("health", "--format", "json", "--all").json()["skus"][0]["parent_asin"], "B0P")


@needs_clock
class Stock(Shop):
    def test_stranded_stock_is_a_flag_until_a_newer_report(self):
        self.shop()
        self.imported(self.folder + "/in", codes=(0, 3))
        row = {"primary-action": "RELIST", "date-stranded": "2026-11-01", "Date-to-take-auto-removal": "2026-12-15T00:00:00+00:00", "stranded-reason": "Listing closed", "sku": "S-1", "fulfillable-qty": 600}
        self.imported(self.table("b/stranded_2026-11-27.txt", [row], delimiter="\t"))
        sku = self.destock("health", "--format", "json", "--all").json()["skus"][0]
        self.assertIn("stranded", sku["flags"])
        self.assertRegex(" ".join(sku["notes"]), r"stranded since 2026-11-01 \(Listing closed\).*Amazon removes it from 2026-12-15")
        self.imported(self.table("c/stranded_2026-11-28.txt", [dict(row, sku="S-2")], delimiter="\t"))
        self.assertNotIn("stranded", self.destock("health", "--format", "json", "--all").json()["skus"][0]["flags"])

    def test_receipts_are_those_of_the_ledger_or_of_received_inventory(self):
        self.shop()
        self.imported(self.folder + "/in", codes=(0, 3))
        event = {"Date": "11/20/2026", "FNSKU": "X0S01", "ASIN": "B0", "MSKU": "S-1", "Title": "Toy", "Event Type": "Receipts", "Reference ID": "FBA1", "Quantity": 60, "Fulfillment Center": "ABE8",
                 "Disposition": "SELLABLE", "Reason": "", "Country": "US"}
        self.table("d/detail.csv", [dict(event, **{"Event Type": "Shipments", "Date": "11/%d/2026" % d, "Quantity": -2, "Reference ID": str(d)}) for d in range(2, 12)])
        self.table("d/orders.txt", order_rows("S-1", "2026-11-01", "2026-11-12", lambda day: 1, price="29.99"), delimiter="\t")
        self.assertRegex(" ".join(self.imported(self.folder + "/d", codes=(0, 3))["compared"]), r"US, sold 2026-11-02 .*Inventory Ledger \(detailed\)")
        self.imported(self.table("b/detail.csv", [event, dict(event, **{"Fulfillment Center": "ONT8", "Quantity": 40}), dict(event, **{"Event Type": "Shipments", "Quantity": -3, "Reference ID": ""})]))
        got = {"received-date": "2026-11-20T18:00:00+00:00", "sku": "S-1", "fnsku": "X0S01", "product-name": "Toy", "quantity": 100, "fba-shipment-id": "FBA1", "fulfillment-center-id": "ABE8"}
        self.imported(self.table("c/received.txt", [got, dict(got, **{"received-date": "2026-11-23T18:00:00+00:00", "quantity": 25})], delimiter="\t"))
        moves = [(m["day"], m["event"], m["units"]) for m in self.of("movements")["stock_events"] if m["day"] > "2026-11-12"]
        self.assertEqual(moves, [("2026-11-20", "Receipts", 100), ("2026-11-20", "Shipments", -3), ("2026-11-23", "Receipts", 25)])

    def test_transactions_of_dates_stand_in_where_no_settlement_is(self):
        self.shop()
        self.imported(self.folder + "/in", codes=(0, 3))
        names = ["date/time", "settlement id", "type", "order id", "sku", "description", "quantity", "marketplace", "fulfillment", "product sales", "product sales tax", "shipping credits",
                 "promotional rebates", "selling fees", "fba fees", "other transaction fees", "other", "total"]
        line = ["Nov 20, 2026 1:05:07 AM PST", "600", "Order", "111-1", "S-1", "Toy", "2", "amazon.com", "Amazon", "59.98", "0", "0", "0", "-9.00", "-11.54", "0", "0", "39.44"]
        text = '"Includes Amazon Marketplace"\n"All amounts in USD"\n' + "\n".join(",".join('"%s"' % cell for cell in row) for row in (names, line)) + "\n"
        self.imported(self.write("b/2026Nov.csv", text))
        fee = {rate["fee"]: rate["rate"]["amount"] for rate in self.destock("facts", "--check", "--format", "json").json()["own_rates"] if rate["sku"] == "S-1"}
        self.assertEqual(fee, {"fulfilment": "5.77", "referral": "4.50"})
        self.imported(self.table("c/settlement.txt", [summary()] + sold(2, 29.99, 4.50, 5.99), delimiter="\t"))
        self.assertEqual([f["units"] for f in self.of("settled")["settled_fees"]], [2])
        fee = {rate["fee"]: rate["rate"]["amount"] for rate in self.destock("facts", "--check", "--format", "json").json()["own_rates"] if rate["sku"] == "S-1"}
        self.assertEqual(fee["fulfilment"], "5.99")
        # As Amazon writes it: names bare, and quotes only where a comma stands within.
        bare = ["Nov 20, 2026 1:05:07 AM PST", "600", "Order", "111-1", "S-1", "Toy", "2", "amazon.com", "Amazon", "1,239.98", "0", "0", "0", "-186.00", "-11.54", "0", "0", "1,042.44"]
        rows = "\n".join(",".join('"%s"' % cell if "," in cell else cell for cell in row) for row in (names, bare, bare))
        dear = self.imported(self.write("dear/2026Nov.csv", '"Includes Amazon Marketplace"\n"All amounts in USD, unless specified"\n"Definitions:"\n"Sales tax: of buyers"\n' + rows + "\n"))
        self.assertEqual((dear["files"][0]["rows_imported"], dear["files"][0]["rows_refused"]), (2, 0), dear)


if __name__ == "__main__":
    main()
