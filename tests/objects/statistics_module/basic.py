# statistics of small data.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

import statistics as s
show(r"""
s.mean([1, 2, 3, 4]), s.median([3, 1, 2]), s.median([1, 2, 3, 4]), s.mode('aab'), s.multimode('aabb'), s.variance([1, 2, 3]), s.pstdev([1, 1]), s.stdev([1, 2, 3, 4]), s.fmean([1.5, 2.5]), s.median_low([1, 2]), s.median_high([1, 2]), s.quantiles([1, 2, 3, 4, 5]), s.harmonic_mean([1, 4, 4]), s.geometric_mean([1, 4]), s.mean([True, False]), s.linear_regression([1, 2, 3], [2, 4, 6]), s.correlation([1, 2, 3], [1, 2, 3]), s.NormalDist(0, 1).cdf(0)
s.mean([])
s.variance([1])
s.mode([])
s.median([])
s.mean(['a'])
""")
