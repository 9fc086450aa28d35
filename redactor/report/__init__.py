"""What is said about a release: logs, notices, letters, text rendition.

``build.reports`` gathers them; it stands apart because a language library loads with it.
"""

from redactor.report.internal_log import as_csv as internal_csv
from redactor.report.notices import letter, notice_pdf
from redactor.report.requester_log import as_csv as requester_csv

__all__ = ["internal_csv", "letter", "notice_pdf", "requester_csv"]
