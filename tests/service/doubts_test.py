"""What a file leaves open: of which store it is, by which date its orders were chosen, whether lines were lost, whether two stores show one stock.
Sales that no other report tells count, money that stands in a row does not vanish, and where two things can be meant it is asked."""
from field_test import Field
from product import main, order_rows, planning_row, table_text

MANAGE = "sku\tfnsku\tasin\tproduct-name\tcondition\tyour-price\tafn-fulfillable-quantity\n"


class Doubts(Field):
    def fresh(self):
        self.tearDown()
        self.setUp()

    def kept(self, name):
        return self.sql("SELECT coalesce(sum(units), 0) FROM sales_day d JOIN import i ON i.id = d.import_id WHERE i.path LIKE ?", "%" + name + "%")[0][0]


class Taken(Doubts):
    def test_all_listings_with_product_ids_are_not_the_lite_report(self):
        names = "item-name\titem-description\tlisting-id\tseller-sku\tprice\tquantity\topen-date\timage-url\titem-is-marketplace\tproduct-id-type\titem-condition\tasin1\tproduct-id\tfulfillment-channel\tstatus\n"
        row = "Toy\t\tL1\tTOY-7\t17.99\t\t2025-03-01 08:00:00 PST\t\ty\t1\t11\tB0AAAAAAA1\tB0AAAAAAA1\tAMAZON_NA\tInactive\n"
        one = self.brought({"US/fba_2025-12-20.txt": MANAGE + "TOY-7\tX\tB\tToy\tNew\t9.99\t20\n", "All Listings US 2025-12-20.txt": names + row})["All Listings US 2025-12-20.txt"]
        self.assertEqual((one["report"], one["status"]), ("all_listings", "imported"), one)

    def test_a_store_or_a_day_said_later_corrects_what_was_guessed(self):
        stock = self.write("stock.txt", MANAGE + "TOY-7\tX\tB\tToy\tNew\t9.99\t20\n")
        self.imported(stock, options=("--snapshot-date", "2025-12-20"))
        again = self.imported(stock, options=("--snapshot-date", "2025-12-20", "--marketplace", "UK"))
        self.assertIn("takes the place of import 1", str(again))
        self.assertEqual(set(self.skus()), {("UK", "TOY-7")})
        # Said twice, both are meant.
        self.imported(stock, options=("--snapshot-date", "2025-12-20", "--marketplace", "DE"))
        self.assertEqual(set(self.skus()), {("UK", "TOY-7"), ("DE", "TOY-7")})

    def test_a_day_said_later_corrects_the_files_time(self):
        guessed = self.write("US/stock.txt", MANAGE + "TOY-7\tX\tB\tToy\tNew\t9.99\t300\n")
        self.imported(guessed)
        self.imported(self.write("US/newer_2025-11-25.txt", MANAGE + "TOY-7\tX\tB\tToy\tNew\t9.99\t220\n"))
        self.imported(guessed, options=("--snapshot-date", "2025-11-15"))
        self.assertEqual(self.skus()[("US", "TOY-7")]["stock_total"], 220)

    def test_what_a_filtered_sheet_of_a_small_shop_lost_is_said(self):
        rows = "".join("TOY-%d\tX%d\tB%d\tToy\tNew\t9.99\t100\n" % (i, i, i) for i in range(10))
        self.imported(self.write("US/stock_2025-12-13.txt", MANAGE + rows))
        one = self.imported(self.write("US/stock_2025-12-20.txt", MANAGE + rows.split("\n")[0] + "\n"))["files"][0]
        self.assertIn("US: 1 rows, 10% of the 10 in", str(one["notes"]))

    def test_a_price_of_nought_is_none(self):
        self.brought({"US/fba_2025-12-20.txt": MANAGE + "TOY-7\tX\tB\tToy\tNew\t0.00\t20\nTOY-8\tY\tC\tToy\tNew\t9.99\t20\n"})
        found = {one["sku"]: one["price"] for one in self.destock("health", "--format", "json").json()["skus"]}
        self.assertIsNone(found["TOY-7"])
        self.assertIsNotNone(found["TOY-8"])


class Places(Doubts):
    def place(self, path, also=None, rows="TOY-7\tX\tB\tToy\tNew\t9.99\t20\n"):
        self.fresh()
        self.brought({path: MANAGE + rows, **(also or {})})
        return {m for m, _ in self.skus()}, str(self.outcome)

    def test_a_name_of_two_stores_is_asked_for(self):
        for path, stores in (("US and CA/stock.txt", "US, CA"), ("MyShop_DE-FR/stock.txt", "DE, FR"), ("DE+FR+IT/stock.txt", "DE, FR, IT"), ("US_CA.txt", "US, CA"), ("美国+加拿大/stock.txt", "US, CA"),
                             ("英国站 德国站.txt", "UK, DE"), ("英国和德国/stock.txt", "UK, DE"), ("Amazon.com and Amazon.ca.txt", "US, CA")):
            found, said = self.place(path)
            self.assertEqual(found, set(), path)
            self.assertIn("pass --marketplace", said, path)
            for store in stores.split(", "):
                self.assertIn(store, said.split("any of ")[1][:40], path)

    def test_what_is_known_says_which_of_the_two(self):
        planning = table_text([planning_row("TOY-7", "2025-12-30", 50, marketplace="CA", currency="CAD", t30=5)])
        found, said = self.place("US and CA/stock.txt", {"a_planning.csv": planning})
        self.assertEqual(found, {"CA"})
        self.assertIn("told from the SKUs of other reports", said)

    def test_small_letters_between_signs(self):
        for path, store in (("uk_fba.txt", "UK"), ("fba_inventory_uk_20251127_1.txt", "UK"), ("fba_jp_2025-11-27.txt", "JP"), ("de_27.11.2025.txt", "DE"), ("fba_de.txt", "DE"), ("uk (1).txt", "UK"), ("de/stock.txt", "DE"), ("uk/stock.txt", "UK")):
            self.assertEqual(self.place(path)[0], {store}, path)

    def test_small_letters_between_other_words(self):
        for path, store in (("manage_fba_inventory_de_2025-11-20.txt", "DE"), ("fba_inventory_es_2025-11.txt", "ES"), ("inventory_se_20251120.txt", "SE"), ("manage_inventory_it_2025-11-20.txt", "IT"),
                            ("2025-11-20_de_fba_inventory.txt", "DE"), ("inventory_de_november.txt", "DE"), ("Lagerbestand_de_2025-11-20.txt", "DE"), ("库存_de_2025-11-20.txt", "DE"), ("inventory_nl_new.txt", "NL")):
            self.assertEqual(self.place(path)[0], {store}, path)
        for path in ("rapport_de_stock_2025-11-20.txt", "informe_de_2025-11-20.txt", "inventario_fba_de_noviembre.txt", "orders_in_2025-11-20.txt", "it_is_stock_2025-11-20.txt"):
            self.assertEqual(self.place(path)[0], {"US"}, path)

    def test_words_are_no_stores(self):
        for path in ("in/stock.txt", "rapport_de_stock.txt", "informe_de_inventario.txt", "stock_in_fba.txt", "what it is.txt", "lager se.txt", "as_it_is.txt"):
            self.assertEqual(self.place(path)[0], {"US"}, path)
            self.assertIn("US assumed", self.place(path)[1], path)
        self.assertEqual(self.place("CA STOCK IN FBA.txt")[0], {"CA"})


class ByWhichDate(Doubts):
    def order(self, day, updated, units=1, number=1, at="10:00:00"):
        row = order_rows("TOY-7", day, day, units)[0]
        return dict(row, **{"amazon-order-id": "111-000%04d-0000001" % number, "purchase-date": day + "T" + at + "+00:00", "last-updated-date": updated + "T09:00:00+00:00"})

    def test_orders_of_a_slow_seller_that_were_updated_late_all_count(self):
        rows = [self.order(d, u, n, i) for i, (d, u, n) in enumerate((("2025-11-03", "2025-11-16", 5), ("2025-11-09", "2025-11-15", 1), ("2025-11-17", "2025-11-19", 1), ("2025-11-25", "2025-11-27", 1)))]
        one = self.brought({"orders.txt": table_text(rows, "\t")})["orders.txt"]
        self.assertEqual((self.kept("orders"), one["coverage"][0]["first_day"]), (8, "2025-11-03"), one)
        self.assertIn("download it by order date", str(one))

    def test_orders_that_were_all_updated_on_one_day_count(self):
        rows = [self.order("2025-11-%02d" % (1 + 3 * i), "2025-11-28", 2, i) for i in range(9)]
        one = self.brought({"orders.txt": table_text(rows, "\t")})["orders.txt"]
        self.assertEqual((self.kept("orders"), one["coverage"][0]["first_day"], one["coverage"][0]["last_day"]), (18, "2025-11-01", "2025-11-25"), one)
        self.assertEqual(round(self.skus("--as-of", "2025-11-26")[("US", "TOY-7")]["velocity"]["d30"] * 30), 18)

    def test_a_day_before_the_first_update_is_left_to_the_report_that_tells_it(self):
        october = [self.order("2025-10-%02d" % d, "2025-10-%02d" % d, 4, d, "18:00:00") for d in range(1, 32)]
        november = [self.order("2025-10-30", "2025-11-01", 4, 30, "18:00:00")] + [self.order("2025-11-%02d" % d, "2025-11-%02d" % (d + 1), 4, 100 + d, "18:00:00") for d in range(1, 28)]
        self.brought({"1_october.txt": table_text(october, "\t")})
        self.brought({"2_november.txt": table_text(november, "\t")})
        self.assertEqual(round(self.skus("--as-of", "2025-11-03")[("US", "TOY-7")]["velocity"]["d7"] * 7), 28)


class Lost(Doubts):
    def test_half_a_month_that_a_merge_lost_sets_the_file_aside(self):
        self.brought({"1_all.txt": table_text(self.orders(first="2025-08-01", last="2025-10-31", per_day=4), "\t")})
        parts = self.orders(first="2025-08-01", last="2025-09-09", per_day=4) + self.orders(first="2025-09-25", last="2025-10-31", per_day=4)
        one = self.brought({"2_merged.txt": table_text(parts, "\t")})["2_merged.txt"]
        self.assertEqual(one["status"], "set_aside", one)
        self.assertRegex(str(one), "2025-09-10 – 2025-09-24: nothing, and 60 units in import 1")


class Pools(Doubts):
    def test_a_pool_that_was_downloaded_minutes_apart_is_counted_once(self):
        rows = lambda store, lamp, mat: [planning_row(sku, "2025-12-30", units, marketplace=store, currency="EUR", t30=9, fnsku="X00" + sku, asin="B0000" + sku) for sku, units in (("LAMP1", lamp), ("MATT1", mat))]
        self.brought({"p.csv": table_text(rows("DE", 900, 50) + rows("FR", 899, 50) + rows("IT", 897, 48))})
        self.assertEqual(sum(one["stock_total"] for one in self.skus().values()), 950)
        self.assertNotIn("different units", str(self.outcome))

    def test_pools_that_all_differ_by_one(self):
        rows = [planning_row("LAMP%d" % i, "2025-12-30", 600 + i - (1 if store == "FR" else 0), marketplace=store, currency="EUR", t30=9, fnsku="X00LAMP%d" % i, asin="B00LAMP%d" % i) for store in ("DE", "FR") for i in range(9)]
        self.brought({"p.csv": table_text(rows)})
        self.assertEqual(sum(one["stock_total"] for one in self.skus().values()), 600 * 9 + sum(range(9)))

    def test_a_few_units_alike_are_stocks_of_their_own(self):
        rows = [planning_row("LAMP%d" % i, "2025-12-30", units + i, marketplace=store, currency="EUR", t30=9, fnsku="X00LAMP%d" % i, asin="B00LAMP%d" % i) for store, units in (("DE", 3), ("FR", 4)) for i in range(4)]
        self.brought({"p.csv": table_text(rows)})
        self.assertEqual(sum(one["stock_total"] for one in self.skus().values()), 2 * (0 + 1 + 2 + 3) + 7 * 4)

    def test_a_history_of_one_store_is_no_two_stocks(self):
        rows = [planning_row("TOY-7", day, units, t30=5) for day, units in (("2025-12-01", 90), ("2025-12-08", 70))]
        self.brought({"planning.csv": table_text(rows)})
        self.assertNotIn("different units", str(self.outcome))


NL = "datum/tijd,schikkings-ID,type,bestelnummer,sku,beschrijving,aantal,marketplace,fulfillment,verkoop van producten,geïnde omzetbelasting,Verzendtegoeden,promotiekortingen,verkoopkosten,fba-vergoedingen,overige transactiekosten,overige,totaal\n"
IT = "Data/Ora:,Numero pagamento,Tipo,Numero ordine,SKU,Descrizione,Quantità,Marketplace,Gestione,Vendite,Accrediti per le spedizioni,Sconti promozionali,Commissioni di vendita,Costi del servizio Logistica di Amazon,Altri costi relativi alle transazioni,Altro,totale\n"
JP = "日付/時間,決済番号,トランザクションの種類,注文番号,SKU,説明,数量,Amazon 出品サービス,フルフィルメント,商品売上,商品の売上税,配送料,Amazonポイントの費用,プロモーション割引額,手数料,FBA 手数料,トランザクションに関するその他の手数料,その他,合計\n"
EN = "date/time,settlement id,type,order id,sku,description,quantity,marketplace,fulfillment,product sales,product sales tax,shipping credits,promotional rebates,selling fees,fba fees,other transaction fees,other,total\n"


class Transactions(Doubts):
    def money(self, store, currency, text):
        self.fresh()
        one = self.brought({"a_planning.csv": table_text([planning_row("TOY-7", "2025-12-30", 50, marketplace=store, currency=currency, t30=5)]), "tx.csv": text})["tx.csv"]
        self.assertEqual((one["status"], one["rows_refused"]), ("imported", 0), one)
        days = self.sql("SELECT marketplace, sku, units, principal, promotion, referral, fulfilment FROM settled_day")
        return [(m, s, u) + tuple(round(x / 10000, 2) for x in rest) for m, s, u, *rest in days], [(m, round(a / 10000, 2)) for m, a in self.sql("SELECT marketplace, amount FROM settled_amount ORDER BY id")]

    def test_dutch_italian_and_japanese_ones_bring_all_their_money(self):
        text = NL + '1 nov. 2025 00:12:16 UTC,178,Bestelling,402-1,TOY-7,L,1,amazon.nl,Amazon,"1.519,99",0,0,0,"-78,00","-3,56",0,0,"1.438,43"\n2 mrt. 2025 00:12:16 UTC,178,Terugbetaling,402-1,TOY-7,L,1,amazon.nl,Amazon,"-519,99",0,0,0,"62,00",0,0,0,"-457,99"\n'
        self.assertEqual(self.money("NL", "EUR", text), ([("NL", "TOY-7", 1, 1519.99, 0, 78.0, 3.56)], [("NL", -457.99)]))
        text = IT + '1 nov 2025 00:12:16 UTC,178,Ordine,402-1,TOY-7,L,1,amazon.it,Amazon,"1.519,99",0,0,"-78,00","-3,56",0,0,"1.438,43"\n2 gen 2025 00:12:16 UTC,178,Rimborso,402-1,TOY-7,L,1,amazon.it,Amazon,"-1.519,99",0,0,"62,00",0,0,0,"-1.457,99"\n'
        self.assertEqual(self.money("IT", "EUR", text), ([("IT", "TOY-7", 1, 1519.99, 0, 78.0, 3.56)], [("IT", -1457.99)]))
        for store in ("", "amazon.jp", "amazon.co.jp"):
            text = JP + '2025/07/03 12:34:56 JST,123,注文,249-1,TOY-7,"品, 青",2,%s,Amazon,"1,200",120,0,-30,-100,-150,-300,0,0,740\n2025/07/31 23:59:59 JST,123,FBA手数料,,,保管,,,,0,0,0,0,0,0,"-1,000",0,0,"-1,000"\n' % store
            self.assertEqual(self.money("JP", "JPY", text), ([("JP", "TOY-7", 2, 1200, -130, 150, 300)], [("", -1000)]), store)

    def test_a_blank_store_is_the_one_that_is_told(self):
        text = EN + '"Nov 1, 2025 12:00:16 AM PDT",178,Order,112-1,TOY-7,Lamp,3,,Amazon,77.97,2.01,0,0,-11.70,-11.58,0,0,54.69\n'
        self.assertEqual(self.money("US", "USD", text)[0], [("US", "TOY-7", 3, 77.97, 0, 11.7, 11.58)])

    def test_a_row_without_its_sum_is_refused(self):
        text = EN.replace(",other,total", "") + '"Nov 1, 2025 12:00:16 AM PDT",178,Refund,112-1,TOY-7,Lamp,3,amazon.com,Amazon,-77.97,-2.01,0,0,11.70,0,0\n'
        one = self.brought({"a_planning.csv": table_text([planning_row("TOY-7", "2025-12-30", 50, t30=5)]), "tx.csv": text})["tx.csv"]
        self.assertEqual(one["status"], "failed", one)
        self.assertIn("total is not told", str(one))


class Business(Doubts):
    def traffic(self, store, currency, name, text):
        self.fresh()
        one = self.brought({"a_planning.csv": table_text([planning_row("TOY-7", "2025-12-30", 50, marketplace=store, currency=currency, t30=5, asin="B000000TOY")]), name: text})[name]
        return self.sql("SELECT sessions, units, round(buy_box, 4), page_views, revenue / 10000.0 FROM traffic"), str(one)

    def test_by_child_item_in_other_languages(self):
        de = "(Übergeordnete) ASIN,(Untergeordnete) ASIN,Titel,Sitzungen – Summe,Seitenaufrufe – Summe,Prozentsatz Featured Offer (Einkaufswagen),Bestellte Einheiten,Durch bestellte Produkte erzielter Umsatz\nB0P,B000000TOY,Lampe,1.234,2.345,\"97,5 %\",1.012,\"5.255,61 €\"\n"
        self.assertEqual(self.traffic("DE", "EUR", "BusinessReport_2025-12-27.csv", de)[0], [(1234, 1012, 0.975, 2345, 5255.61)])
        jp = "（親）ASIN,（子）ASIN,タイトル,SKU,セッション数 - 合計,ページビュー - 合計,おすすめ出品（おすすめ商品）の獲得率,注文された商品点数,注文商品の売上額\nB0P,B000000TOY,灯,TOY-7,\"1,234\",\"2,345\",97.5%,\"1,012\",\"￥5,255\"\n"
        self.assertEqual(self.traffic("JP", "JPY", "BusinessReport_2025-12-27.csv", jp)[0], [(1234, 1012, 0.975, 2345, 5255)])
        fr = "(Parent) ASIN,(Enfant) ASIN,Titre,SKU,Sessions – Total,Pages vues – Total,Pourcentage d'offres en vedette (Buy Box),Unités commandées,Ventes de produits commandés\nB0P,B000000TOY,Lampe,TOY-7,\"1 234\",\"2 345\",\"97,5 %\",\"1 012\",\"5 255,61 €\"\n"
        self.assertEqual(self.traffic("FR", "EUR", "BusinessReport_2025-12-27.csv", fr)[0], [(1234, 1012, 0.975, 2345, 5255.61)])

    def test_a_column_that_is_not_found_is_said(self):
        _, said = self.traffic("US", "USD", "BusinessReport_2025-12-27.csv", "(Parent) ASIN,(Child) ASIN,Title,Sessions - Total,Eenheden\nB0P,B000000TOY,Lamp,1234,12\n")
        self.assertIn("units ordered", said)


class Amounts(Doubts):
    def test_prices_as_their_stores_write_them(self):
        for channel, currency, price in (("Amazon.pl", "PLN", "1 234,56 zł"), ("Amazon.se", "SEK", "1 234,56 kr"), ("Amazon.com.tr", "TRY", "₺1.234,56"), ("Amazon.com.tr", "TRY", "1.234,56 TL")):
            self.fresh()
            rows = [dict(row, **{"item-price": price}) for row in self.orders(last="2025-12-21", channel=channel, currency=currency)]
            self.brought({"orders.txt": table_text(rows, "\t")})
            self.assertEqual(self.sql("SELECT sum(revenue) FROM sales_day"), [(2 * 12345600,)], price)


if __name__ == "__main__":
    main()
