"""The tests' own clock: what a command believes to be today."""
from product import Case, main, needs_clock, planning_row


@needs_clock
class Clock(Case):
    now = "2026-12-07 09:00:00"

    def test_a_report_of_tomorrow_is_refused_until_tomorrow_comes(self):
        report = self.table("fba_inventory.csv", [planning_row("A-1", "2026-12-09", 100, t30=30)])
        self.assertEqual(self.imported(report, codes=(0, 1, 3))["files"][0]["rows_imported"], 0)
        self.clock("2026-12-09 09:00:00")
        self.assertEqual(self.imported(report)["files"][0]["rows_imported"], 1)


if __name__ == "__main__":
    main()
