class Reason:
    def __str__(self):
        return "because of a reason"


raise SystemExit(Reason())
