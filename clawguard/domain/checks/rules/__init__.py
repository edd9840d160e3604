"""One rule, one file. A new ``cgNNN_*.py`` here is found by itself; see docs/how-to-add-a-check.md."""

from importlib import import_module
from pkgutil import iter_modules

for _module in sorted(module.name for module in iter_modules(__path__)):
    import_module(f"{__name__}.{_module}")
