"""Writes odd-images.tsv: small files of every mode, depth, marker and layout, and what Pillow reads of them.

    python odd-images.py > odd-images.tsv        (Pillow 12, numpy)

Columns: name, largest difference allowed, height, width, RGB of all pixels or the reason of a refusal, the file in base64.
Tests read the table alone.
"""

import base64
import io
import struct
import warnings
import zlib

import numpy as np
from PIL import Image, ImageOps

warnings.simplefilter("ignore")
H, W = 6, 7


def smooth(channels, height=H, width=W):
    y, x = np.mgrid[0:height, 0:width]
    bands = [(128 + 110 * np.sin(x / (1.5 + k) + y / (2.5 - 0.4 * k) + k)).astype(np.uint8) for k in range(channels)]
    return bands[0] if channels == 1 else np.stack(bands, -1)


RGB, GREY = Image.fromarray(smooth(3)), Image.fromarray(smooth(1))
RGBA, LA, CMYK = (Image.fromarray(smooth(n), m) for n, m in ((4, "RGBA"), (2, "LA"), (4, "CMYK")))
ONE = Image.fromarray(((smooth(1) > 128) * 255).astype(np.uint8)).convert("1")
DEEP = Image.fromarray(smooth(1).astype(np.uint16) * 250 + 77)
PALETTE = RGB.quantize(6)


def row(name, file, expected=None, tolerance=0, refused=None):
    if refused is not None:
        print(name, 0, 0, 0, refused, base64.b64encode(file).decode(), sep="\t")
        return
    if expected is None:
        image = ImageOps.exif_transpose(Image.open(io.BytesIO(file)))
        if image.mode.startswith("I;16"):
            deep = np.asarray(image).astype(np.int64)
            expected = np.repeat(((deep * 255 * 2 + 65535) // 131070).astype(np.uint8)[..., None], 3, 2)
        else:
            expected = np.asarray(image.convert("RGB"))
    if expected.ndim == 2:
        expected = np.repeat(expected[..., None], 3, 2)
    print(name, tolerance, *expected.shape[:2], expected.astype(np.uint8).tobytes().hex(),
          base64.b64encode(file).decode(), sep="\t")


def saved(image, kind, **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


# PNG

def chunk(kind, content):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(width, height, depth, color, interlaced, before=b"", after=b""):
    samples = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[color]
    adam7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
    raw = b""
    for number, (x0, y0, dx, dy) in enumerate(adam7 if interlaced else [(0, 0, 1, 1)]):
        for y in range(y0, height, dy):
            bits = "".join(format((y * 37 + x * 11 + k * 5 + x * y) % (1 << depth), f"0{depth}b")
                           for x in range(x0, width, dx) for k in range(samples))
            if bits:
                bits += "0" * (-len(bits) % 8)
                raw += b"\0" + int(bits, 2).to_bytes(len(bits) // 8, "big")
    header = struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, interlaced)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + before + chunk(b"IDAT", zlib.compress(raw, 9)) + after
            + chunk(b"IEND", b""))


for interlaced in (0, 1):
    for color, depths in ((0, (1, 2, 4, 8, 16)), (2, (8, 16)), (3, (1, 2, 4, 8)), (4, (8, 16)), (6, (8, 16))):
        for depth in depths:
            plte = chunk(b"PLTE", bytes(i * 7 % 256 for i in range(3 << depth))) if color == 3 else b""
            file = png(9, 6, depth, color, interlaced, plte)
            # 16 bits of color: Pillow drops the lower bits, so that it may be one level less.
            row(f"png-{color}-{depth}-{interlaced}", file, tolerance=1 if depth == 16 and color else 0)
    row(f"png-thin-{interlaced}", png(1, 5, 4, 0, interlaced))
row("png-transparent-palette", saved(PALETTE, "PNG", transparency=3))
row("png-transparent-grey", saved(GREY, "PNG", transparency=100))
row("png-transparent-rgb", saved(RGB, "PNG", transparency=(1, 2, 3)))
row("png-filters", saved(Image.fromarray(smooth(3, 12, 16)), "PNG", optimize=True))
row("png-animated", saved(RGB, "PNG", save_all=True, append_images=[RGB.rotate(180)]))
row("png-garbage-after", png(9, 6, 8, 2, 0) + b"garbage")
row("png-damaged-text", png(9, 6, 8, 2, 0, before=struct.pack(">I", 4) + b"tEXt" + b"a\0bc" + b"\0\0\0\0"),
    expected=np.asarray(Image.open(io.BytesIO(png(9, 6, 8, 2, 0)))))
row("png-without-end", png(9, 6, 8, 2, 0)[:-12])
broken = bytearray(png(9, 6, 8, 2, 0))
broken[50] ^= 1
row("png-damaged", bytes(broken), refused="checksum")
row("png-cut", png(9, 6, 8, 2, 0)[:-30], refused="too early")
row("png-apples", png(9, 6, 8, 2, 0)[:8] + chunk(b"CgBI", b"\0" * 4) + png(9, 6, 8, 2, 0)[8:], refused="CgBI")

# Orientation

for value in range(1, 9):
    exif = Image.Exif()
    exif[274] = value
    row(f"orientation-{value}.png", saved(RGB, "PNG", exif=exif))
    row(f"orientation-{value}.jpg", saved(RGB, "JPEG", exif=exif, quality=95), tolerance=2)
    row(f"orientation-{value}.webp", saved(RGB, "WebP", exif=exif, lossless=True))
    row(f"orientation-{value}.tif", saved(GREY, "TIFF", exif=exif))
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description tiff:Orientation="6"/></x:xmpmeta>'
row("orientation-xmp.jpg", saved(RGB, "JPEG", xmp=XMP, quality=95), tolerance=2)
row("orientation-xmp.png", png(9, 6, 8, 2, 0, before=chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + XMP)))
exif = Image.Exif()
exif[274] = 8
row("orientation-raw.png", png(9, 6, 8, 2, 0, before=chunk(
    b"zTXt", b"Raw profile type exif\0\0" + zlib.compress(b"\nexif\n%8d\n" % len(exif.tobytes()) + exif.tobytes().hex().encode()))))
row("orientation-damaged.jpg", saved(RGB, "JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\x00", quality=95), tolerance=2,
    expected=np.asarray(Image.open(io.BytesIO(saved(RGB, "JPEG", quality=95)))))

# JPEG

for subsampling in (0, 1, 2):
    row(f"jpeg-{subsampling}", saved(RGB, "JPEG", quality=85, subsampling=subsampling), tolerance=2)
row("jpeg-progressive", saved(RGB, "JPEG", progressive=True, quality=90), tolerance=2)
row("jpeg-grey", saved(GREY, "JPEG", quality=90), tolerance=2)
row("jpeg-rgb", saved(RGB, "JPEG", keep_rgb=True, quality=95), tolerance=2)
row("jpeg-restarts", saved(Image.fromarray(smooth(3, 17, 9)), "JPEG", restart_marker_rows=1, quality=60), tolerance=2)
row("jpeg-garbage-after", saved(RGB, "JPEG") + b"garbage", tolerance=2)
cmyk = saved(CMYK, "JPEG", quality=95)
at = cmyk.index(b"Adobe")
row("jpeg-cmyk", cmyk, tolerance=2)
row("jpeg-ycck", cmyk[:at + 11] + b"\2" + cmyk[at + 12:], tolerance=2)
row("jpeg-cmyk-unmarked", cmyk[:at - 4] + cmyk[at + 12:], tolerance=2)
jfif = saved(RGB, "JPEG", quality=95)
row("jpeg-unmarked", jfif[:2] + jfif[20:], tolerance=2)
row("jpeg-unknown-profile", saved(RGB, "JPEG", quality=95, icc_profile=b"no profile"), tolerance=2)
start = jfif.index(b"\xff\xc0")
for marker, word in ((0xC3, "lossless"), (0xC9, "arithmetic"), (0xC5, "hierarchical")):
    row(f"jpeg-sof-{marker:x}", jfif[:start + 1] + bytes([marker]) + jfif[start + 2:], refused=word)
row("jpeg-twelve-bits", jfif[:start + 4] + b"\x0c" + jfif[start + 5:], refused="12 bits")
row("jpeg-cut", jfif[:-40], refused="premature")

# GIF

for height in (1, 2, 3, 4, 5, 6):
    row(f"gif-interlaced-{height}", saved(RGB.crop((0, 0, 7, height)).quantize(5), "GIF", interlace=1))
row("gif-grey", saved(GREY, "GIF"))
row("gif-transparent", saved(RGBA, "GIF"))
row("gif-animated", saved(PALETTE, "GIF", save_all=True, append_images=[RGB.rotate(180).quantize(5)]))
row("gif-noise", saved(Image.fromarray(np.random.default_rng(1).integers(0, 256, (40, 40), dtype=np.uint8)).quantize(64), "GIF")[:900],
    refused="too early")
gif = bytearray(saved(PALETTE, "GIF", interlace=0))
at = gif.index(b",")
gif[6:10] = struct.pack("<HH", W + 3, H + 2)
gif[at + 1:at + 5] = struct.pack("<HH", 2, 1)
row("gif-on-larger-screen", bytes(gif))

# BMP

def bmp(width, height, bits, compression, data, header=40, palette=b"", masks=(), down=False, used=0):
    if header == 12:
        head = struct.pack("<IHHHH", 12, width, height, 1, bits)
    else:
        head = struct.pack("<IiiHHIIiiII", header, width, -height if down else height, 1, bits, compression, len(data), 0, 0, used, 0)
        mask = b"".join(struct.pack("<I", m) for m in masks)
        head += mask if header == 40 else mask.ljust(header - 40, b"\0")
    start = 14 + len(head) + len(palette)
    return b"BM" + struct.pack("<IHHI", start + len(data), 0, 0, start) + head + palette + data


def rows(array, down=False):
    return b"".join(r.tobytes() + b"\0" * (-len(r.tobytes()) % 4) for r in (array if down else array[::-1]))


short = ((np.arange(H * W).reshape(H, W) * 7919) % 65536).astype("<u2")
word = ((np.arange(H * W).reshape(H, W) * 79191371) % 2**32).astype("<u4")
colors = bytes(x for i in range(256) for x in (i, i * 3 % 256, i * 7 % 256, 0))
index = (np.arange(H * W).reshape(H, W) * 37 % 256).astype(np.uint8)
row("bmp-24", saved(RGB, "BMP"))
row("bmp-grey", saved(GREY, "BMP"))
row("bmp-1", saved(ONE, "BMP"))
row("bmp-top-down", bmp(W, H, 24, 0, rows(smooth(3), True), down=True))
row("bmp-os2", bmp(W, H, 24, 0, rows(smooth(3)), header=12))
row("bmp-555", bmp(W, H, 16, 0, rows(short)))
row("bmp-565", bmp(W, H, 16, 3, rows(short), masks=(0xF800, 0x7E0, 0x1F)))
row("bmp-32", bmp(W, H, 32, 0, rows(word)))
row("bmp-32-alpha", bmp(W, H, 32, 3, rows(word), header=56, masks=(0xFF0000, 0xFF00, 0xFF, 0xFF000000)))
row("bmp-32-rgba", bmp(W, H, 32, 3, rows(word), header=124, masks=(0xFF, 0xFF00, 0xFF0000, 0xFF000000)))
row("bmp-32-high", bmp(W, H, 32, 3, rows(word), masks=(0xFF000000, 0xFF0000, 0xFF00)))
row("bmp-8-few-colors", bmp(W, H, 8, 0, rows(index % 5), palette=colors[:20], used=5))
row("bmp-4", bmp(W, H, 4, 0, rows(index[:, :4]), palette=colors[:64]))
row("bmp-1-colored", bmp(W, H, 1, 0, rows(index[:, :1]), palette=colors[:4] + b"\xff\x09\x07\0"))
row("bmp-1-inverted", bmp(W, H, 1, 0, rows(index[:, :1]), palette=b"\xff\xff\xff\0\0\0\0\0"))
row("bmp-runs-8", bmp(6, 4, 8, 1, bytes([3, 5, 3, 9, 0, 0, 0, 6, 1, 2, 3, 4, 5, 6, 0, 0, 6, 7, 0, 0, 2, 1, 0, 2, 2, 0, 2, 8, 0, 1]), palette=colors))
row("bmp-runs-4", bmp(6, 4, 4, 2, bytes([3, 0x12, 3, 0x34, 0, 0, 0, 6, 0x12, 0x34, 0x56, 0, 0, 0, 6, 0x77, 0, 0, 6, 0x89, 0, 1]), palette=colors[:64]))
row("bmp-cut", saved(RGB, "BMP")[:-9], refused="too early")
row("bmp-of-png", bmp(W, H, 24, 5, b"\x89PNG"), refused="compression 5")

# TIFF

def tiff(order, tags, strips, tiles=False):
    end = "<" if order == "II" else ">"
    body = b"".join(strips) + b"\0" * (sum(map(len, strips)) % 2)
    starts = [8 + sum(map(len, strips[:i])) for i in range(len(strips))]
    tags = {256: (4, [W]), 257: (4, [H]), 259: (3, [1]), 278: (4, [H]), **tags,
            324 if tiles else 273: (4, starts), 325 if tiles else 279: (4, [len(s) for s in strips])}
    if tiles:
        del tags[278]
    directory = 8 + len(body)
    extra, entries = b"", b""
    for tag in sorted(tags):
        kind, values = tags[tag]
        raw = struct.pack(end + {3: "H", 4: "I"}[kind] * len(values), *values)
        if len(raw) > 4:
            position = directory + 2 + 12 * len(tags) + 4 + len(extra)
            extra += raw + b"\0" * (len(raw) % 2)
            raw = struct.pack(end + "I", position)
        entries += struct.pack(end + "HHI", tag, kind, len(values)) + raw.ljust(4, b"\0")
    magic = b"II*\0" if order == "II" else b"MM\0*"
    return magic + struct.pack(end + "I", directory) + body + struct.pack(end + "H", len(tags)) + entries + b"\0" * 4 + extra


def tags(bits, color, samples=1, **more):
    names = {"planar": 284, "extra": 338, "fill": 266, "format": 339, "strip": 278}
    found = {258: (3, [bits] * samples), 262: (3, [color]), 277: (3, [samples])}
    found.update({names[k]: (3, [v] * (samples if k == "format" else 1)) for k, v in more.items()})
    return found


grey, rgb, rgba = smooth(1), smooth(3), smooth(4)
even = np.pad(grey, ((0, 0), (0, 1)))
nibbles = (even[:, ::2] >> 4 << 4 | even[:, 1::2] >> 4).astype(np.uint8)
multiplied = rgba.copy()
multiplied[..., :3] = rgba[..., :3].astype(int) * rgba[..., 3:] // 255
for order, wide in (("II", "<u2"), ("MM", ">u2")):
    deep = lambda a: (a.astype("u2") * 257).astype(wide).tobytes()
    row(f"tiff-grey-{order}", tiff(order, tags(8, 1), [grey.tobytes()]))
    row(f"tiff-white-{order}", tiff(order, tags(8, 0), [grey.tobytes()]))
    row(f"tiff-grey-4-{order}", tiff(order, tags(4, 1), [nibbles.tobytes()]))
    row(f"tiff-grey-16-{order}", tiff(order, tags(16, 1), [deep(grey)]))
    row(f"tiff-white-16-{order}", tiff(order, tags(16, 0), [deep(grey)]), expected=255 - grey)
    row(f"tiff-bits-{order}", tiff(order, tags(1, 1), [np.packbits(grey > 128, axis=1).tobytes()]))
    row(f"tiff-bits-white-{order}", tiff(order, tags(1, 0), [np.packbits(grey > 128, axis=1).tobytes()]))
    row(f"tiff-bits-reversed-{order}", tiff(order, tags(1, 1, fill=2), [np.packbits(grey > 128, axis=1, bitorder="little").tobytes()]))
    row(f"tiff-rgb-{order}", tiff(order, tags(8, 2, 3), [rgb.tobytes()]))
    row(f"tiff-rgb-16-{order}", tiff(order, tags(16, 2, 3), [deep(rgb)]))
    row(f"tiff-planes-{order}", tiff(order, tags(8, 2, 3, planar=2), [rgb[..., k].tobytes() for k in range(3)]))
    row(f"tiff-strips-{order}", tiff(order, tags(8, 2, 3, strip=4), [rgb[:4].tobytes(), rgb[4:].tobytes()]))
    tile = np.zeros((16, 16, 3), np.uint8)
    tile[:H, :W] = rgb
    row(f"tiff-tiles-{order}", tiff(order, {**tags(8, 2, 3), 322: (4, [16]), 323: (4, [16])}, [tile.tobytes()], True))
    for extra in (0, 1, 2):
        row(f"tiff-rgba-{extra}-{order}", tiff(order, tags(8, 2, 4, extra=extra), [(multiplied if extra == 1 else rgba).tobytes()]))
    row(f"tiff-grey-alpha-{order}", tiff(order, tags(8, 1, 2, extra=2), [smooth(2).tobytes()]))
    row(f"tiff-cmyk-{order}", tiff(order, tags(8, 5, 4), [rgba.tobytes()]))
    table = [i * 4369 for i in range(16)] + [65535 - i * 4369 for i in range(16)] + [i * 7919 % 65536 for i in range(16)]
    row(f"tiff-palette-{order}", tiff(order, {**tags(4, 3), 320: (3, table)}, [nibbles.tobytes()]))
    row(f"tiff-float-{order}", tiff(order, tags(32, 1, format=3), [grey.astype("f4").tobytes()]), refused="not unsigned")
for compression in ("tiff_lzw", "tiff_adobe_deflate", "packbits", "jpeg"):
    row(f"tiff-{compression}", saved(RGB, "TIFF", compression=compression), tolerance=2 if compression == "jpeg" else 0)
for compression in ("group3", "group4", "tiff_ccitt"):
    row(f"tiff-{compression}", saved(ONE, "TIFF", compression=compression))
row("tiff-predictor", saved(RGB, "TIFF", compression="tiff_lzw", tiffinfo={317: 2}))
row("tiff-big", saved(RGB, "TIFF", big_tiff=True))
row("tiff-pages", saved(RGB, "TIFF", save_all=True, append_images=[RGB.rotate(180)]))
row("tiff-lab", saved(RGB.convert("LAB"), "TIFF"), refused="color space 8")
row("tiff-zstd", saved(RGB, "TIFF", compression="zstd"), refused="50000")
row("tiff-cut", tiff("II", tags(8, 2, 3), [rgb.tobytes()])[:-60], refused="too early")

# WebP

for quality in (5, 80):
    row(f"webp-{quality}", saved(Image.fromarray(smooth(3, 19, 22)), "WebP", quality=quality))
noise = Image.fromarray(np.random.default_rng(2).integers(0, 256, (18, 17, 3), dtype=np.uint8))
row("webp-noise", saved(noise, "WebP", quality=30))
row("webp-alpha", saved(RGBA, "WebP", quality=80))
row("webp-lossless", saved(RGB, "WebP", lossless=True))
row("webp-lossless-alpha", saved(RGBA, "WebP", lossless=True, exact=True))
row("webp-lossless-palette", saved(PALETTE, "WebP", lossless=True))
for colors in (2, 4, 16, 40):
    few = Image.fromarray(smooth(3, 13, 21)).quantize(colors)
    row(f"webp-lossless-{colors}-colors", saved(few, "WebP", lossless=True, method=6))
halves = smooth(3, 40, 48)
halves[20:] = np.random.default_rng(3).integers(0, 256, (1, 6, 3), dtype=np.uint8).repeat(160, 0).reshape(20, 48, 3)
row("webp-lossless-halves", saved(Image.fromarray(halves), "WebP", lossless=True, method=6, quality=100))
for k in range(3):
    slope = np.indices((11, 14)).transpose(1, 2, 0) @ np.random.default_rng(k).integers(-9, 9, (2, 3)) + 120
    noisy = slope + np.random.default_rng(k).integers(0, 3, (11, 14, 1))
    row(f"webp-lossless-slope-{k}", saved(Image.fromarray(noisy.astype(np.uint8)), "WebP", lossless=True, method=6))


def cut(webp, count):
    """A lossless WebP whose image is cut, and whose lengths say so."""
    size = len(webp) - 20 - count & ~1
    return b"RIFF" + struct.pack("<I", size + 12) + b"WEBPVP8L" + struct.pack("<I", size) + webp[20:20 + size]


row("webp-lossless-cut", cut(saved(Image.fromarray(halves), "WebP", lossless=True), 6), refused="too early")
# The length of a code for lengths, which leaves bits without a symbol.
damaged = bytearray(saved(noise, "WebP", lossless=True))
damaged[27] ^= 0x55
row("webp-lossless-damaged", bytes(damaged), refused="damaged image")
row("webp-animated", saved(RGB, "WebP", save_all=True, append_images=[RGB.rotate(180)]))
row("webp-garbage-after", saved(RGB, "WebP", quality=80) + b"garbage")
# Headers that no encoder of Pillow writes, by changing bytes: the simple filter, segments without values or without a map.
row("webp-simple-filter", base64.b64decode(
    "UklGRmQAAABXRUJQVlA4IFgAAAAwBACdASoUAAsALqFEnUkmI6MhMAgAwBQJbACdMoADVX8oeXiDRK3nvQAA/mpG6ZIR03IRTexq"
    "82zDLDv74mot7PJXI1CefkhRsat/Pt2bE1ZGJ4YAAAAA"))
row("webp-simple-filter-strong", base64.b64decode(
    "UklGRmoAAABXRUJQVlA4IF4AAADQBACdASo3AA8AaCmOvlgwqaYvKAgD8CUJZACdMtCGUGuv6z6Sl0wJ8KLYjqgQAAD40ZPULWBc"
    "/rV3FMn3bXBtr0wCJcDdPUMX98Iuq09PhwRxWGW8yj2zzpg1aAAA"))
row("webp-simple-filter-segments", base64.b64decode(
    "UklGRmgAAABXRUJQVlA4IFwAAADwAwCdASoNABEAPslSogknpKMhsAgA8BkJbACdMoRwACxokMgnc7mAAP368qHrzfgiXavEr4VP"
    "am/sYwvkfpqVU9hHTxXvbOMfWPrWwbLa110ZGMa5UZ+PKQMAAA=="))
row("webp-segments-without-values", base64.b64decode(
    "UklGRuIAAABXRUJQVlA4INYAAABQCACdASo0AAEAtw0EOECDAYAAABiWQAnTKEcDeIfhn+QHQB6Bdu8mH5dPp35Qb3/nOn+q/oGW"
    "V/sz6/7WAGEFCTd2zOfV2xsiIeAA/vQUrI1prvhPb1eum/9aMtz37CBuSIsua1/9ybAp3ZZUuqbhQR3ZZUupwOGh/TLA+BDOeoCL"
    "VXCvCs/3g3+iOKcXeBitgmdPlC0nhLgw0BvzGOTFOCWTyhAAW/k0flCfOj/IhD0ncZR1pna3l16/wB86Ldwub5KlxVwub8lL8Amh"
    "ciGrFhhZAAAA"))
# Nothing is skipped with probability 0; what no encoder writes and decoders read differently.
row("webp-skip-probability-0", base64.b64decode(
    "UklGRroAAABXRUJQVlA4IK4AAABwBQCdASoJABcAPpE+mUglo6KhMAgAsBIJbAUEAThjCMAfgAtQDgAPJ0IAAG5+2REo8zmAAP72/z34"
    "8y/EKdX9DrLHH2iUyT+Krb0CLRPz1bwK27rLgqvwuVengq1ZpG/5ViugKZqi8onRriM//6LHv6z/7Xw9jE//sAwKVe9W//nf/x+A/6dj"
    "f/zv/4/Af9PIrtiqoXagbj/g47HrfghxsDbHnQ/9HHY9b94QAAA="))
row("webp-code-out-of-range", base64.b64decode(
    "UklGRrgAAABXRUJQVlA4IKwAAAAwBQCdASoEABYAPsVOoUqnpCMhsAgA8BiJbCCdMoHgA56rTAOeQ9k0iDBf0VKXC28AIAD/hdCQlauF"
    "yNRNAMK35kNmlypJzfOYkctRiNrNjCbfxUyzo5fTWsNBZeQdvwuG3Dxg9OnyXThCvRZN5ZPPmdwivMTk7v8zcF8fWvmxRW3gNUIXSIzN"
    "wvo2pFxcWanwCln9SfOL5Kna/38WyfFs0Te42LRu2gIg8gAB"), refused="out of their range")
row("webp-beyond-16-bits", base64.b64decode(
    "UklGRkIEAABXRUJQVlA4IDYEAAAwEQCdASofADYAPwlurlArpiQis/ZoAXAhCWw7h6A3df6p/tPtN7QOEVo30AmArHXqA/OXZT/WL0BP"
    "Jejm+1/hn6gnRPqM/LHpX/sv195nf1X/NfsD3Hfzz/K/r77U/sm/tv7LQ82fME8q+aTNmMJZbqA/CyAX4Ha39AG2A54z8ZvcBvBnogdJ"
    "T/hwxD/dQApBwAD7NFZ3Exr7YfC6xf3dIV/JldiJq46L1+/0y1MrFiZaJxmI57aDzqgt8wGLGlLL/i/yY5W1SJWLnXS7bed/8bOiztWz"
    "X/3L+xRr+6Z6D/pdcO/as+QmpGibZ8neJz/tDOvoi6O1hWirn8fxl72x8RxEHkRKs3iVlOcJ/iptxP9994mAfARuVhRTOXTUB1K7TTtJ"
    "As1VHwzexgq0ANzXKKyYtKWvjstOsMPWowYzl/R8rfDaV7Iw3zdUIjyLIslHmlRFsPrXFYRoZfCnhnDatgULFpS9pL0DjWYC23IKVGY5"
    "ore4xR89yyH3+KSVotENqbLLJFm2UGpftuMYFDZ9q4IW4GXh2D3uZAS/w3uVCDa09gv10EslFF1qymLKTHP7fcGj42g0MZnbzKd+PFoL"
    "nMoQKPbb+N6WeQ3Ilu23m3egHYs7W2Wluzp1v1ltp3Uz08bWXcw85AS2yQCcE30Oo/fr9zC10gc1ia/uGgosqKgwB14rO7qrrNmHd0ye"
    "SmbvZA6LInVTCq2659zy0JjwFkxwOm05zX81OHHmLHbpMXgtCWk5F1+zWa+8/6fcwmnshG+eRaGb7mhjX2b07JOv9vinXllVh1XZB9Cf"
    "6QjBbFeS+UOdRLad+EIcWUaPsNv3WHt9aXRzTL/TQhGjmrwM3LqROzk/yzo0jR56CGyTkxqnQZDIkhAyaORnZozAmWX84pJVCExTtmCI"
    "RWhjWno0nQcZQDwsDBqgLmDqC9TomfgIx40rs2Lnb9JPLnsbVNH5aHyNvNrmwiJh0KhxLb5Jxmw4iyVNkwnWjqWSrhCR1s9YU6bb5J5Z"
    "inSSTDSr3A5ltIGdNlAiUn6AGDrMCwFcQLx+gHyoQMtaq+Hi4IQ6yBQ3O7QCPWrkT3TPjC1vgZwy+7dD6394Ag/JFcab2wPK62k0XAdM"
    "b0+KMMnN8PsNJzd9poj/xMaumt7Hy2mshs0WdJtJ1oerq13Y1LpDULE5tKjKNTRgsIwjxNM5UbpMFKkHe65Wch1k9A48atGw7zoxPBNS"
    "48atGw7zozLHz/z/b8ysOfnB+m1n5NbWiEN5tmYOizx69DRGJ45L//yXc/6uf8dvyIuru+PCadYz62sMNwk2OBux5fRvMJdZUYu6se3G"
    "yUiLJ8AH2y8fRGE8NTSmB9wLMOQpWW2sZvkFy1RRPRHf+UFxedLDWy61xew3/lBcXnSHmzRPhU5aWRYQotyQCutPcmTuMcD/c9kh2Jx2"
    "2ub3AAAA"), refused="beyond 16 bits")
row("webp-cut", saved(RGB, "WebP", quality=80)[:-9], refused="too early")

# Others

row("empty", b"", refused="empty")
row("heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", refused="HEIC")
row("text", b"<html>not found</html>", refused="no image")
