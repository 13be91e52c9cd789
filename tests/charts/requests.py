"""One request of every kind, on the shipped trials."""

from modules.core.figures import AdverseEvents, ChartRequest, Comparison, Cuts, Forest, IconArray, Survival, Timeline

REQUESTS: dict[str, ChartRequest] = {
    "survival": Survival(title="Alive", trial="cleopatra", endpoint="OS", month=48.0),
    "points": Survival(title="Free", trial="phila", endpoint="PFS", month=36.0),
    "forest": Forest(title="Who", subgroups="h0648g.her2-subgroups"),
    "comparison": Comparison(title="Beside", readouts=("patina.pfs", "cleopatra.os-final")),
    "icons": IconArray(title="14", readout="cleopatra.os-eos-landmark", month=96.0, event="alive"),
    "timeline": Timeline(title="When", trials=("destiny-breast09",)),
    "adverse": AdverseEvents(title="Harm", readouts=("destiny-breast09.g3", "destiny-breast09.ild")),
    "cuts": Cuts(title="It held", readouts=("cleopatra.os-interim2", "cleopatra.os-final")),
}
