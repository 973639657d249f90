"""Make ``src/nameplate/data/pinyin.tsv``: the readings of the Chinese characters that names use.

Source: pypinyin (MIT), whose readings come from pinyin-data (MIT). Kept are the characters of
GB 2312 (6,763 characters, all that simplified names use) with their usual reading, and further
readings for the few characters that names read in two ways. Without tones; ``lü`` is ``lv``.

Run: ``uv run --with pypinyin python scripts/make_pinyin.py``
"""

from collections import defaultdict
from pathlib import Path

from pypinyin import Style, lazy_pinyin

OUT = Path(__file__).parent.parent / "src/nameplate/data/pinyin.tsv"

# Characters that names read in several ways, the usual one first.
SEVERAL = {
    "长": "chang zhang", "重": "zhong chong", "乐": "le yue", "厦": "xia sha", "行": "hang xing",
    "都": "du dou", "朝": "chao zhao", "藏": "zang cang", "曾": "zeng ceng", "单": "dan shan",
    "解": "jie xie", "盛": "sheng cheng", "石": "shi dan", "校": "xiao jiao", "传": "chuan zhuan",
    "调": "diao tiao", "会": "hui kuai", "和": "he huo", "角": "jiao jue", "六": "liu lu",
    "蚌": "bang beng", "埔": "pu bu", "堡": "bao pu", "铅": "qian yan", "澄": "cheng deng",
    "车": "che ju", "佛": "fo fu", "泊": "bo po", "尉": "wei yu", "宿": "su xiu", "荥": "xing ying",
    "阿": "a e", "大": "da dai", "弹": "dan tan", "绿": "lv lu", "率": "lv shuai", "参": "can shen",
    "区": "qu ou", "仇": "chou qiu", "柏": "bai bo", "涡": "wo guo", "浚": "jun xun", "莘": "xin shen",
    "查": "cha zha", "峒": "dong tong", "薄": "bo bao", "翟": "zhai di", "盖": "gai ge", "提": "ti di",
    "系": "xi ji", "觉": "jue jiao", "射": "she ye", "便": "bian pian", "陆": "lu", "无": "wu",
    "万": "wan", "俞": "yu", "省": "sheng", "汤": "tang", "扎": "zha", "台": "tai", "任": "ren",
}  # fmt: skip


def main() -> None:
    characters = [
        bytes((row, cell)).decode("gb2312", "ignore")
        for row in range(0xB0, 0xF8)
        for cell in range(0xA1, 0xFF)
    ]
    head = (
        "# Pinyin without tones, the characters usually read so, and those that may be read so.\n"
        "# Source: pypinyin (MIT); made by scripts/make_pinyin.py.\n"
    )
    usual: dict[str, list[str]] = defaultdict(list)
    other: dict[str, list[str]] = defaultdict(list)
    for character in filter(None, characters):
        read = lazy_pinyin(character, style=Style.NORMAL, v_to_u=False)
        first, *further = SEVERAL.get(character, read[0]).split()
        usual[first].append(character)
        for reading in further:
            other[reading].append(character)
    rows = [
        f"{reading}\t{''.join(usual[reading])}\t{''.join(other[reading])}"
        for reading in sorted(set(usual) | set(other))
        if reading.isascii() and reading.isalpha()
    ]
    OUT.write_text(head + "\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
