"""Reading makes neither a database nor an account."""
import os

import shop
from product import Case, main

READERS = (["health"], ["imports"], ["plan"], ["why", "SH-01"], ["restock"], ["ladder"], ["forecast"], ["rate", "list"], ["settings"], ["export", "workbook", "."], ["fees", "--audit"],
           ["explain", "--sku", "SH-01"], ["imports", "refused"], ["imports", "discard", "1"], ["db", "check"])


class Reading(Case):
    def test_a_wrong_database_is_said_and_not_made(self):
        for command in READERS:
            wrong = os.path.join(self.folder, "wrong.db")
            ran = self.run_command(*command, "--db", wrong)
            self.assertEqual(ran.code, 1, (command, ran))
            self.assertIn("there is no database here", ran.err, command)
            self.assertIn(wrong, ran.err)
            self.assertEqual([name for name in os.listdir(self.folder) if name.startswith("wrong")], [], command)
        ran = self.run_command("health", "--db", "wrong.db", "--lang", "zh")
        self.assertIn("此处没有数据库", ran.err)

    def test_a_wrong_account_is_said_with_those_that_are_there(self):
        shop.open_shop(self)
        self.imported(self.write("later.csv", shop.inventory("2026-11-29")), account="other")
        for command in READERS[:-1]:
            ran = self.destock(*command)  # "default" is not there
            self.assertEqual(ran.code, 1, (command, ran))
            self.assertIn("no account is called default", ran.err, command)
            self.assertIn("shop", ran.err)
            self.assertIn("other", ran.err)
        self.assertEqual(self.sql("SELECT name FROM account ORDER BY name"), [("other",), ("shop",)])


if __name__ == "__main__":
    main()
