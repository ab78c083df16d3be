"""All file formats of a report, in the order in which the page shows them."""

from collections.abc import Mapping
from types import MappingProxyType

from trainer.exports import harvest_docx, harvest_markdown
from trainer.exports.harvest import Format
from trainer.exports.plan_formats import WORD

HARVEST_FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "docx": Format("docx", "Word (DOCX)", WORD, harvest_docx.render),
        "md": Format("md", "Markdown", "text/markdown; charset=utf-8", harvest_markdown.render),
    }
)
