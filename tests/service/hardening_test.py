"""The program as it ships: what the linker and the compiler were asked for is in it, and nothing of the machine that built it."""
import os
import re
import subprocess
import unittest

from product import PROGRAM, ROOT, main, sanitized


def read(*arguments):
    return subprocess.run(["readelf", *arguments, PROGRAM], capture_output=True, text=True, check=True).stdout


@unittest.skipIf(sanitized(), "a program with sanitizers is not what ships")
class Hardening(unittest.TestCase):
    def test_nothing_that_is_written_is_run(self):
        segments = read("-lW")
        self.assertRegex(segments, r"GNU_STACK\s+\S+ \S+ \S+ \S+ \S+ RW ")
        self.assertNotRegex(segments, r"LOAD.* RWE ")
        self.assertIn("GNU_RELRO", segments)

    def test_tables_are_bound_at_the_start_and_the_program_lies_anywhere(self):
        dynamic = read("-dW")
        self.assertRegex(dynamic, r"BIND_NOW|FLAGS.*NOW")
        self.assertIn("PIE", dynamic)
        self.assertNotRegex(dynamic, r"RPATH|RUNPATH|TEXTREL")

    def test_stacks_and_copies_are_checked(self):
        symbols = read("--dyn-syms", "-W")
        self.assertIn("__stack_chk_fail", symbols)
        self.assertRegex(symbols, r"__\w+_chk@")

    def test_control_flow_is_marked(self):
        """Where a call may land there is a mark, in our own code: the note that says so of the whole needs the system's start files too."""
        if "X86-64" not in read("-hW"):
            self.skipTest("not x86-64")
        with open(PROGRAM, "rb") as file:
            self.assertGreater(file.read().count(b"\xf3\x0f\x1e\xfa"), 1000)

    def test_no_path_of_the_build_machine_is_inside(self):
        with open(PROGRAM, "rb") as file:
            data = file.read()
        self.assertNotIn(os.path.join(ROOT, "src").encode(), data)
        self.assertEqual(re.findall(rb"/(?:home|root|work)/[\w./-]+\.(?:cpp|h)", data), [])


if __name__ == "__main__":
    main()
