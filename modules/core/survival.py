"""Survival curves as step functions: what can be worked out from months and percentages alone."""


def restricted_mean(months: tuple[float, ...], percent: tuple[float, ...], horizon: float) -> float:
    """Mean time without an event up to `horizon`, in months: the area under the step curve.

    `months` rise from 0; `percent` (0 to 100) is the height from each month on, of the same length. ValueError when
    the curve starts later than month 0 or ends before the horizon: beyond its end a published curve says nothing.
    # Royston P, Parmar MKB. BMC Med Res Methodol 2013;13:152.
    """
    if len(months) != len(percent) or not months or months[0] > 0:
        raise ValueError("a curve needs one percentage for each month, and month 0")
    if not 0 <= horizon <= months[-1]:
        raise ValueError(f"the curve runs from 0 to {months[-1]:g} months, not to {horizon:g}")
    ends = (*months[1:], horizon)
    widths = (max(0.0, min(end, horizon) - start) for start, end in zip(months, ends, strict=True))
    return sum(width * height for width, height in zip(widths, percent, strict=True)) / 100
