"""The desk's pages, a module each; every route of the desk is in ``ROUTES``."""

from litestar.handlers import HTTPRouteHandler

from nameplate.web.pages.check import check
from nameplate.web.pages.document import document
from nameplate.web.pages.documents import documents
from nameplate.web.pages.entity import entity
from nameplate.web.pages.nowhere import nowhere
from nameplate.web.pages.projects import projects

ROUTES: tuple[HTTPRouteHandler, ...] = (projects, entity, documents, document, check, nowhere)
