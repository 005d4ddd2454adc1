import logging

logging.warning("root %s", "warning")
logging.info("not shown")
log = logging.getLogger("quiet")
log.debug("not shown")
log.error("shown")
try:
    [][0]
except IndexError:
    log.critical("with trace", exc_info=True)
