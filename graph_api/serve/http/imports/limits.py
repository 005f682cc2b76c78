"""What the settings say about imports: how much is read, and which formats are contributed."""

from __future__ import annotations

from graph_api.errors import InvalidSettingError
from graph_api.imports.reading import Format, ReadLimits
from graph_api.serve.declared import imported
from graph_api.settings import Settings

_MEGABYTE = 1_000_000


def read_limits(settings: Settings) -> ReadLimits:
    """The limits of files that are imported."""
    return ReadLimits(file_bytes=settings.import_megabytes * _MEGABYTE, rows=settings.import_rows)


def formats_of(settings: Settings) -> tuple[Format, ...]:
    """The formats that the settings name; raises ``InvalidSettingError``."""
    if not settings.import_formats:
        return ()
    found: tuple[object, ...] = imported(settings.import_formats, tuple)
    formats = tuple(each for each in found if isinstance(each, Format))
    if len(formats) != len(found):
        raise InvalidSettingError(
            f"'{settings.import_formats}' holds what is no format.", setting="import_formats"
        )
    return formats
