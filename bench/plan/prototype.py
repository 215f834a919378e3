"""Values and times of the prototype's exact programme for the worked SKU, a line each: elasticity ratio value ms.

  prototype.py PRIZE.PY
"""
import os
import sys
import tempfile
import time

os.environ["NUMBA_CACHE_DIR"] = tempfile.mkdtemp()
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(sys.argv[1])))
import prize  # noqa: E402

UNITS = 600
for elasticity in (-1.5, -2.5, -4.0):
    for ratio in (4, 8, 16):
        problem = prize.build(UNITS / ratio / 4.345, elasticity, 120, 1)
        pmf, width, nets, hold, first_outlet, _ = problem
        prize.dp(5, prize.T, pmf, width, nets, hold, prize.LIQ, first_outlet, prize.COOL)  # compiled before it is timed
        times = []
        for _ in range(3):
            start = time.perf_counter()
            value, _, _ = prize.dp(UNITS, prize.T, pmf, width, nets, hold, prize.LIQ, first_outlet, prize.COOL)
            times.append(time.perf_counter() - start)
        print(elasticity, ratio, f"{value[0, 0, UNITS]:.4f}", f"{1000 * min(times):.3f}", flush=True)
