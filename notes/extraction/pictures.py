"""Photos and scans: the right way up, of a bearable size, without what the camera wrote about place and time."""

from __future__ import annotations

import io
import warnings

import pi_heif
from PIL import Image, ImageOps, UnidentifiedImageError

from notes.extraction.refusing import MOST_MEGAPIXELS, Unreadable

pi_heif.register_heif_opener()
warnings.simplefilter("ignore")
Image.MAX_IMAGE_PIXELS = None  # our own limit below speaks before anything is decoded
Image.preinit()  # everything is loaded before the walls of the sandbox go up
FORMATS = ("JPEG", "PNG", "HEIF")
MOST_FRAMES = 4  # phones put a depth map or a preview beside the photo
LONGEST_SIDE = 2600  # pixels: about 230 dots per inch of a letter page, which recognition likes
VIEW_SIDE = 1600
VIEW_QUALITY = 70
BROKEN = (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError)


def measure(content: bytes) -> None:
    """Refuse by the header alone what must not be decoded. Raises Unreadable."""
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as image:
            width, height = image.size
            frames = getattr(image, "n_frames", 1)
    except BROKEN:
        raise Unreadable("file_broken") from None
    if width * height > MOST_MEGAPIXELS * 1_000_000:
        raise Unreadable("file_picture_too_large")
    if frames > MOST_FRAMES:
        raise Unreadable("file_many_pictures")


def load(content: bytes) -> Image.Image:
    """The picture upright, in plain RGB, at most ``LONGEST_SIDE`` long. Raises Unreadable, for a truncated one too."""
    measure(content)
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as image:
            image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is decoded at a fraction of its size
            flat = _on_white(ImageOps.exif_transpose(_smaller(image)))
    except BROKEN:
        raise Unreadable("file_broken") from None
    flat.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return flat


def _smaller(image: Image.Image) -> Image.Image:
    """A large picture by a whole factor, before anything else makes a copy of it."""
    factor = max(image.size) // LONGEST_SIDE
    if factor < 2 or image.mode in ("1", "P", "PA"):
        return image
    exif = image.getexif()
    small = image.reduce(factor)
    small.info["exif"] = exif.tobytes()
    return small


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layer = image.convert("RGBA")
        white = Image.new("RGBA", layer.size, "white")
        return Image.alpha_composite(white, layer).convert("RGB")
    return image.convert("RGB")


def view_of(image: Image.Image) -> bytes:
    """The picture as a small JPEG that carries pixels and nothing else."""
    small = image.copy()
    small.thumbnail((VIEW_SIDE, VIEW_SIDE))
    plain = Image.new("RGB", small.size)
    plain.paste(small)
    out = io.BytesIO()
    plain.save(out, "JPEG", quality=VIEW_QUALITY, optimize=True)
    return out.getvalue()


def is_blank(image: Image.Image) -> bool:
    """Whether there is nothing to be seen: all of it nearly one tone."""
    small = image.convert("L").resize((64, 64))
    darkest, lightest = small.getextrema()
    return int(lightest) - int(darkest) < 12  # type: ignore[arg-type]
