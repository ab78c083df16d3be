"""The file formats in which an evaluation can be downloaded."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from trainer.exports import csv, json, xlsx
from trainer.exports.evaluation import Evaluation


@dataclass(frozen=True, slots=True)
class Format:
    """`name` is also the file extension; `label` is for people; `render` returns the bytes of the file."""

    name: str
    label: str
    mimetype: str
    render: Callable[[Evaluation], bytes]


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "xlsx": Format(
            "xlsx",
            "Excel (XLSX)",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            xlsx.render,
        ),
        "csv": Format("csv", "CSV", "text/csv; charset=utf-8", csv.render),
        "json": Format("json", "JSON", "application/json", json.render),
    }
)
