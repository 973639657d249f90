"""The desk's pages, a module each; every route of the desk is in ``ROUTES``."""

from litestar.handlers import HTTPRouteHandler

from nameplate.web.pages.add import add, enter, stage, staged
from nameplate.web.pages.admin import add_person, admin, change_person, retry, weigh_source
from nameplate.web.pages.check import check
from nameplate.web.pages.compare import compare
from nameplate.web.pages.document import document
from nameplate.web.pages.documents import documents
from nameplate.web.pages.entity import entity
from nameplate.web.pages.forms import fill_form, form, forms, make_form, revoke_form
from nameplate.web.pages.identity import identity, join, split
from nameplate.web.pages.login import log_in, log_out, login
from nameplate.web.pages.map import atlas
from nameplate.web.pages.matches import decide_match, matches, technologies
from nameplate.web.pages.monitors import (
    add_alert,
    feed,
    monitor,
    monitors,
    save_monitor,
    signed_feed,
    withdraw_monitor,
)
from nameplate.web.pages.nowhere import nowhere
from nameplate.web.pages.orders import decide, orders, orders_csv, orders_xlsx
from nameplate.web.pages.overview import overview
from nameplate.web.pages.projects import projects, projects_csv, projects_json
from nameplate.web.pages.reconcile import (
    reconcile,
    reconcile_csv,
    reconcile_xlsx,
    reconciled,
)
from nameplate.web.pages.returns import (
    new_mapping,
    new_return,
    one_return,
    returns,
    upload,
    work_on,
)
from nameplate.web.pages.review import judge, review, review_done, undo
from nameplate.web.pages.whatif import simulate, simulated, whatif
from nameplate.web.pages.zones import indicators, indicators_csv, indicators_xlsx

ROUTES: tuple[HTTPRouteHandler, ...] = (
    whatif, simulate, simulated,
    overview, atlas, compare, projects, projects_csv, projects_json, entity, documents, document, check,
    review, review_done, judge, undo, identity, join, split, login, log_in, log_out, add, stage, staged, enter,
    admin, add_person, change_person, weigh_source, retry, orders, orders_csv, orders_xlsx, decide,
    indicators, indicators_csv, indicators_xlsx, returns, one_return, upload, new_return,
    new_mapping, work_on, reconcile, reconcile_csv, reconcile_xlsx, reconciled,
    matches, decide_match, technologies, forms, make_form, revoke_form, form, fill_form,
    monitors, monitor, feed, signed_feed,
    save_monitor, add_alert, withdraw_monitor, nowhere,
)  # fmt: skip
