"""The desk's pages, a module each; every route of the desk is in ``ROUTES``."""

from litestar.handlers import HTTPRouteHandler

from nameplate.web.pages.check import check
from nameplate.web.pages.compare import compare
from nameplate.web.pages.document import document
from nameplate.web.pages.documents import documents
from nameplate.web.pages.entity import entity
from nameplate.web.pages.nowhere import nowhere
from nameplate.web.pages.overview import overview
from nameplate.web.pages.projects import projects, projects_csv, projects_json

ROUTES: tuple[HTTPRouteHandler, ...] = (
    overview, compare, projects, projects_csv, projects_json, entity, documents, document, check,
    nowhere,
)  # fmt: skip
