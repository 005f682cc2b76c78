"""Empty tables to be filled in: a template for each kind and edge type, as CSV, XLSX or ODS."""

from graph_api.imports.templates.content import Template, template_of
from graph_api.imports.templates.files import FORMATS, MEDIA_TYPES, template_bytes

__all__ = ["FORMATS", "MEDIA_TYPES", "Template", "template_bytes", "template_of"]
