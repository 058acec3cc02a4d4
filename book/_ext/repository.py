"""Links to the repository, once it has an address.

The one setting is `repository: url:` in `_config.yml`. While it is empty the pages carry no launch button and no
link to a source; when it is set they carry the repository, the page's source, "open issue" and a Binder button.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from sphinx.application import Sphinx

BINDER = "https://mybinder.org"


def options(url: str, path_to_book: str, branch: str) -> dict[str, Any]:
    """The theme's options for a repository at this address: none while there is none."""
    if not url:
        return {}
    return {
        "repository_url": url,
        "repository_branch": branch,
        "path_to_docs": path_to_book,
        "use_repository_button": True,
        "use_source_button": True,
        "use_issues_button": True,
        "launch_buttons": {"binderhub_url": BINDER, "notebook_interface": "jupyterlab"},
    }


def configure(app: Sphinx, config: Any) -> None:
    settings = yaml.safe_load(Path(app.srcdir, "_config.yml").read_text("utf8"))["repository"]
    url = config.repository_url or settings["url"]
    config.html_theme_options.update(options(url, settings["path_to_book"], settings["branch"]))


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_config_value("repository_url", "", "html", str)
    app.connect("config-inited", configure)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
