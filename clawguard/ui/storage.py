"""Static files under names that carry their content, so that browsers may keep them for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage

# Only our own modules: Django's switch for this reads every package's scripts, and trips over one that merely
# mentions an import in a comment.
OURS = "js/*.js"
IMPORTS = (
    (r"""(?P<matched>import\s*["'](?P<url>\./.*?)["']\s*;)""", 'import "%(url)s";'),
    (
        r"""(?P<matched>import(?P<names>\s*\{[^}]*\}\s*)from\s*["'](?P<url>\./.*?)["']\s*;)""",
        'import%(names)sfrom "%(url)s";',
    ),
)


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Also renames what our script modules import: a new main module must never meet an old part of itself."""

    patterns = (*CompressedManifestStaticFilesStorage.patterns, (OURS, IMPORTS))
