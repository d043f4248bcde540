import io
import time
from contextlib import suppress

import pytest
from PIL import Image

from bot.support.pictures import LONGEST_SIDE, MOST_PIXELS, Unusable, read_picture
from tests.unit.support.picture_files import PLACE, bomb, canvas, file_of, photo, told_photo


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def colour_at(picture: Image.Image, x: int, y: int) -> str:
    red, _, blue = picture.convert("RGB").getpixel((x, y))
    return "red" if red > 200 and blue < 60 else "blue" if blue > 200 and red < 60 else "neither"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_drawn_anew_as_a_jpeg_whatever_it_was(kind):
    kept = read_picture(photo(kind))
    picture = opened(kept.content)
    assert (picture.format, picture.size) == ("JPEG", (300, 200)) == ("JPEG", (kept.width, kept.height))
    assert (colour_at(picture, 20, 100), colour_at(picture, 280, 100)) == ("red", "blue")


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "CMYK"])
def test_every_way_of_holding_colours_is_read(mode):
    kind = "JPEG" if mode == "CMYK" else "PNG"
    assert read_picture(file_of(Image.new(mode, (30, 20)), kind)).width == 30


def test_what_shines_through_is_white_when_a_picture_has_no_ground():
    assert opened(read_picture(file_of(Image.new("RGBA", (8, 8)), "PNG")).content).getpixel((4, 4)) == (255, 255, 255)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_place_and_device_are_gone_when_a_photo_told_them(kind):
    sent = told_photo(kind)
    assert PLACE in sent
    kept = read_picture(sent).content
    assert PLACE not in kept
    assert b"Zed" not in kept
    assert b"Exif" not in kept
    assert not opened(kept).getexif()
    assert set(opened(kept).info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_comments_profiles_and_xmp_are_gone_when_a_photo_carried_them():
    sent = photo(comment=b"Zed was here", icc_profile=b"Zed's profile", xmp=b"<x>Zed</x>")
    assert sent.count(b"Zed") == 3
    assert b"Zed" not in read_picture(sent).content


@pytest.mark.parametrize(
    ("orientation", "size", "red"),
    [
        (1, (300, 200), "left"),
        (2, (300, 200), "right"),
        (3, (300, 200), "right"),
        (4, (300, 200), "left"),
        (5, (200, 300), "top"),
        (6, (200, 300), "top"),
        (7, (200, 300), "bottom"),
        (8, (200, 300), "bottom"),
        (99, (300, 200), "left"),
    ],
)
def test_a_photo_stands_upright_when_the_camera_was_turned(orientation, size, red):
    picture = opened(read_picture(told_photo(orientation=orientation)).content)
    assert picture.size == size
    middle = (picture.width // 2, picture.height // 2)
    edges = {
        "left": (5, middle[1]),
        "right": (picture.width - 6, middle[1]),
        "top": (middle[0], 5),
        "bottom": (middle[0], picture.height - 6),
    }
    assert colour_at(picture, *edges[red]) == "red"


def test_a_large_photo_is_kept_smaller_with_its_shape():
    kept = read_picture(photo(size=(6000, 3000)))
    assert (kept.width, kept.height) == (LONGEST_SIDE, LONGEST_SIDE // 2)


def test_the_first_picture_counts_when_there_are_several():
    red, blue = Image.new("RGB", (9, 9), "red"), Image.new("RGB", (9, 9), "blue")
    for kind in ("PNG", "WEBP", "MPO"):
        several = file_of(red, kind, save_all=True, append_images=[blue])
        assert colour_at(opened(read_picture(several).content), 4, 4) == "red", kind


def test_a_page_hidden_in_a_photo_is_gone():
    page = b"<html><script>alert(1)</script></html>"
    for sent in (photo() + page, photo(comment=page), photo("PNG") + page):
        assert page in sent
        kept = read_picture(sent).content
        assert b"<" not in kept[:200]
        assert b"script" not in kept


@pytest.mark.parametrize(
    ("sent", "fault"),
    [
        (b"", "type"),
        (b"hello", "type"),
        (b"<html><body onload=alert(1)>", "type"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "type"),
        (b"%PDF-1.7", "type"),
        (b"GIF89a" + bytes(50), "type"),
        (file_of(Image.new("RGB", (9, 9)), "GIF"), "type"),
        (file_of(Image.new("RGB", (9, 9)), "TIFF"), "type"),
        (file_of(Image.new("RGB", (9, 9)), "BMP"), "type"),
        (bytes(4) + b"ftypheic" + bytes(50), "heic"),
        (bytes(4) + b"ftypmif1" + bytes(50), "heic"),
        (bytes(4) + b"ftypisom" + bytes(50), "type"),
        (photo()[: len(photo()) // 2], "broken"),
        (photo("PNG")[:-40], "broken"),
        (photo("WEBP")[:-100], "broken"),
        (bomb(6_000, 6_000), "broken"),
        (bomb(20_000, 20_000), "pixels"),
        (bomb(2**31 - 1, 2**31 - 1), "pixels"),
        (canvas(16_000, 16_000), "pixels"),
    ],
    ids=lambda value: value if isinstance(value, str) else value[:12].hex(),
)
def test_what_is_no_photo_has_a_name_for_why(sent, fault):
    with pytest.raises(Unusable) as refused:
        read_picture(sent)
    assert refused.value.fault == fault


def test_a_picture_of_just_too_many_pixels_is_refused_before_it_is_unfolded():
    started = time.monotonic()
    with pytest.raises(Unusable, match="pixels"):
        read_picture(file_of(Image.new("1", (8_000, MOST_PIXELS // 8_000 + 1)), "PNG"))
    assert time.monotonic() - started < 0.5


def test_a_jpeg_of_very_many_scans_is_refused_before_it_takes_minutes():
    sent = photo(size=(2000, 2000), progressive=True)
    last = sent.rindex(b"\xff\xda")
    scans = sent[:last] + sent[last:-2] * 200 + sent[-2:]
    with pytest.raises(Unusable, match="pixels"):
        read_picture(scans)


def test_every_cut_and_every_change_is_a_photo_or_a_refusal():
    sent = told_photo("JPEG", size=(40, 30))
    for place in range(0, len(sent), 7):
        for broken in (sent[:place], sent[:place] + bytes([sent[place] ^ 0x55]) + sent[place + 1 :]):
            with suppress(Unusable):
                assert opened(read_picture(broken).content).format == "JPEG"
