"""Make ``benchmarks/data/names.tsv``: labelled pairs of names in Chinese and English.

    python scripts/make_name_pairs.py ROR LISTED EQUITIES

``ROR`` is a clone of ror-community/ror-records (CC0), ``LISTED`` a CSV of the companies listed in
Shanghai and Shenzhen (``symbol,name,area``), ``EQUITIES`` the folder ``database/equities`` of
JerBouma/FinanceDatabase (MIT) with ``SHH.csv`` and ``SHZ.csv``. Needs ``pypinyin``; nothing of it
is needed to use Nameplate or to run the benchmark. Facts only are taken: which two names one body
has, and where it is. Zones and new areas: the State Council's lists (China's development zones, 2018
edition), their English names as they write themselves, noted by hand.

Negatives are chosen to be hard: the nearest other name of the same list. ``coined`` are firms whose
English brand neither spells nor translates the Chinese one (科远, Sciyon): no comparison of names can
know them, so that they are counted apart.
"""

from __future__ import annotations

import csv
import json
import random
import re
import sys
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

from pypinyin import lazy_pinyin

OUT = Path(__file__).parent.parent / "benchmarks/data/names.tsv"
HAN = re.compile(r"[\u4e00-\u9fff（）]{4,}")
MARKS = re.compile(r"^[*]?ST|^XD|^DR|-[UW]+$|[ABＡＢ]$|\s")

# Records of ROR whose two labels name two bodies or a body before and after it was renamed, or whose
# label is no name (a heading of a page).
NOT_ONE = """
大庆油田有限责任公司油田建设设计研究院 国网江苏省电力有限公司 海南省疾病预防控制中心
中国知识基础设施工程 通用技术沈阳机床股份有限公司官网
中国石油化工股份有限公司石油勘探开发研究院 三菱电机（中国）官方网站 联想中国
浙江鑫康合生物医药科技有限公司 山西煤炭运销集团有限公司 重庆无线电技工学校
西南医科大学附属中医医院 中国科学院上海生命科学信息中心学会工作部
江苏省肿瘤防治研究所 学院脑科学与智能技术卓越创新中心 三江学院欢迎您
中华医学会心血管病学分会 天水师范学院欢迎您 川南工业管理学校
省部共建三江源生态与高原农牧业国家重点实验室 广东省第二人民医院 根据台州市科学技术局
厦门科学技术居 国际竹藤中心 中国航空研究院 鄂尔多斯实验室 浦东新区卫生局
长沙矿冶研究院有限责任公 航空工业北京长城计量测试技术研究所 工业和信息化部电信研究院
中国地震台网中心 中国科学院理论物理研究所 福建省中医药研究院 上海立信会计学院
国际泥沙研究培训中心主办 浙江大学机器人研究 院青年创新促进会 中国人民武装警察部队学院
广东省哲学社会科学规划 中华人民共和国环境保护部 现代农业产业技术体系 未来科技教育基地
国家会计学院 中国地质大学江城学院 湛江师范学院 石家庄经济学院 兰州工业学校
北京化工大学北方学院 新疆大学科学技术学院成立 东北大学大连艺术学院 华润建材科技官网
重庆市科学技术局
"""
# Bodies of ROR whose English name is one of its own, of another time, or of a partner as well.
OWN_NAME = """
成理工程 中国人民解放军陆军指挥学院播报 辽宁医学院 中国建筑材料科学研究
前沿技术与新型疫苗药物联合实验室 广东工业大学华立学院 西安科技大学高新学院
浙大宁波理工学院 上海前瞻物质科学研究院 重庆脑与科学中心 天津工业大学 中国医学科学院
国家海洋信息中心 中央电化教育馆 天津市科学技术局 江苏方天电力技术有限公司
湖南凯利特泵业有限公司 上海凌恩生物科技有限公司 开元教育科技（深圳）有限公司
郑州西亚斯学院 东莞材料基因高等理工研究院 三亚华大生命科学研究院 亚州大学文正学院
中国传媒大学南广学院 宁波大红鹰学院 中国科学技术发展战略研究院 北京科技職業大學
恩联干细胞生物科技研究院 北京第二外国语学院 西安电子科技大学 深圳理工大学
深圳巴贝尔信息科技有限公司 深圳市凌恩生物科技有限公司 大冢制药研发（北京）有限公司
武汉华联科生物技术有限公司 华云升达（北京）气象科技有限责任公司
杭州奥默医药股份有限公司 深圳普瑞金生物药业股份有限公司 中国知网
中国细胞技术集团有限公司 华大精准营养（深圳）科技有限公司
"""
ETDZ = (
    "北京 Beijing;天津 Tianjin;大连 Dalian;秦皇岛 Qinhuangdao;烟台 Yantai;青岛 Qingdao;南通 Nantong;"
    "连云港 Lianyungang;宁波 Ningbo;福州 Fuzhou;广州 Guangzhou;湛江 Zhanjiang;沈阳 Shenyang;杭州 Hangzhou;"
    "武汉 Wuhan;哈尔滨 Harbin;长春 Changchun;合肥 Hefei;郑州 Zhengzhou;西安 Xi'an;成都 Chengdu;昆明 Kunming;"
    "长沙 Changsha;贵阳 Guiyang;南昌 Nanchang;乌鲁木齐 Urumqi;呼和浩特 Hohhot;银川 Yinchuan;太原 Taiyuan;"
    "南宁 Nanning;兰州 Lanzhou;南京 Nanjing;威海 Weihai;营口 Yingkou;芜湖 Wuhu;吉林 Jilin;德州 Dezhou;"
    "昆山 Kunshan;萧山 Xiaoshan;廊坊 Langfang;扬州 Yangzhou;徐州 Xuzhou;镇江 Zhenjiang;嘉兴 Jiaxing;湖州 Huzhou;"
    "绵阳 Mianyang;襄阳 Xiangyang;九江 Jiujiang;赣州 Ganzhou;石河子 Shihezi"
)
HTZ = (
    "长春 Changchun;吉林 Jilin;苏州 Suzhou;无锡 Wuxi;常州 Changzhou;西安 Xi'an;成都 Chengdu;济南 Jinan;"
    "威海 Weihai;潍坊 Weifang;淄博 Zibo;大庆 Daqing;鞍山 Anshan;包头 Baotou;保定 Baoding;洛阳 Luoyang;"
    "株洲 Zhuzhou;襄阳 Xiangyang;宜昌 Yichang;桂林 Guilin;柳州 Liuzhou;惠州 Huizhou;佛山 Foshan;中山 Zhongshan;"
    "珠海 Zhuhai;厦门 Xiamen;合肥 Hefei;芜湖 Wuhu;蚌埠 Bengbu;马鞍山 Ma'anshan;宝鸡 Baoji;渭南 Weinan;兰州 Lanzhou;"
    "白银 Baiyin;昌吉 Changji;乌鲁木齐 Urumqi;昆明 Kunming;贵阳 Guiyang;绵阳 Mianyang;重庆 Chongqing;泸州 Luzhou"
)
ETDZ_FORMS = (
    "{} Economic and Technological Development Zone",
    "{} Economic-Technological Development Area",
    "{} Economic and Technological Development Area",
    "{} Economic & Technological Development Zone",
    "{} National Economic and Technological Development Zone",
)
HTZ_FORMS = (
    "{} High-tech Industrial Development Zone",
    "{} National Hi-tech Industrial Development Zone",
    "{} High-tech Zone",
    "{} New and High-tech Industrial Development Zone",
    "{} Hi-Tech Zone",
)
ZONES = {
    "上海浦东新区": "Shanghai Pudong New Area", "天津滨海新区": "Tianjin Binhai New Area",
    "重庆两江新区": "Chongqing Liangjiang New Area", "两江新区": "Liangjiang New Area",
    "舟山群岛新区": "Zhoushan Archipelago New Area", "兰州新区": "Lanzhou New Area",
    "广州南沙新区": "Guangzhou Nansha New Area", "陕西西咸新区": "Xixian New Area in Shaanxi",
    "贵安新区": "Gui'an New Area", "青岛西海岸新区": "Qingdao West Coast New Area",
    "大连金普新区": "Dalian Jinpu New Area", "四川天府新区": "Sichuan Tianfu New Area",
    "湖南湘江新区": "Hunan Xiangjiang New Area", "南京江北新区": "Nanjing Jiangbei New Area",
    "福州新区": "Fuzhou New Area", "云南滇中新区": "Yunnan Dianzhong New Area",
    "哈尔滨新区": "Harbin New Area", "长春新区": "Changchun New Area",
    "江西赣江新区": "Ganjiang New Area, Jiangxi", "雄安新区": "Xiong'an New Area",
    "苏州工业园区": "Suzhou Industrial Park", "中关村科技园区": "Zhongguancun Science Park",
    "武汉东湖新技术开发区": "Wuhan East Lake High-tech Development Zone",
    "上海张江高科技园区": "Shanghai Zhangjiang Hi-Tech Park",
    "上海漕河泾新兴技术开发区": "Shanghai Caohejing Hi-Tech Park",
    "上海闵行经济技术开发区": "Shanghai Minhang Economic and Technological Development Zone",
    "上海虹桥经济技术开发区": "Shanghai Hongqiao Economic and Technological Development Zone",
    "中马钦州产业园区": "China-Malaysia Qinzhou Industrial Park",
    "中新天津生态城": "Sino-Singapore Tianjin Eco-city", "中德工业园": "Sino-German Industrial Park",
    "中白工业园": "China-Belarus Industrial Park",
    "上海外高桥保税区": "Shanghai Waigaoqiao Free Trade Zone",
    "天津港保税区": "Tianjin Port Free Trade Zone", "郑州航空港经济综合实验区": "Zhengzhou Airport Economy Zone",
    "杨凌农业高新技术产业示范区": "Yangling Agricultural Hi-tech Industries Demonstration Zone",
    "青岛中德生态园": "Sino-German Ecopark in Qingdao", "沈阳中德装备园": "Sino-German Equipment Park in Shenyang",
}  # fmt: skip
WORKS = (
    ("动力电池生产基地", "power battery production base", "plant"),
    ("{}万吨铝材项目", "{} tons of aluminum project", "project"),
    ("半导体产业园", "semiconductor industrial park", "park"),
    ("汽车零部件工厂", "auto parts plant", "plant"),
    ("年产{}万台机器人项目", "project with an annual output of {} robots", "project"),
)


class Pair(NamedTuple):
    """A row of the file."""

    label: str
    topic: str
    kind: str
    left: str
    left_place: str
    right: str
    right_place: str


class Firm(NamedTuple):
    """A listed company: its short Chinese and its English name, with the places both lists give."""

    zh: str
    area: str
    en: str
    city: str

    @property
    def spelled(self) -> int:
        """How many characters of the Chinese name the English one spells, in a row."""
        letters = re.sub("[^a-z]", "", self.en.lower())
        read = lazy_pinyin(self.zh)
        runs = [
            end - at
            for at in range(len(read))
            for end in range(at + 1, len(read) + 1)
            if "".join(read[at:end]) in letters
        ]
        return max(runs, default=0)


def research(folder: Path) -> Iterator[tuple[str, str, str, str]]:
    """Kind, Chinese name, English name, city of the research organisations in China."""
    for path in sorted(folder.glob("**/*.json")):
        record = json.loads(path.read_text(encoding="utf-8"))
        names, place = record.get("names"), record.get("locations")
        if not names or not place or place[0]["geonames_details"]["country_code"] != "CN":
            continue
        zh = [n["value"] for n in names if HAN.fullmatch(n["value"])]
        en = [n["value"] for n in names if "ror_display" in n["types"] and n["value"].isascii()]
        types = {t.lower() for t in record["types"]}
        kind = "company" if "company" in types else "body" if "government" in types else "institute"
        if zh and en and zh[0] not in NOT_ONE.split() and "healthcare" not in types:
            city = place[0]["geonames_details"]["name"]
            yield kind, zh[0], en[0].replace(" (China)", ""), city


def listed(file: Path, folder: Path) -> list[Firm]:
    """The companies in both lists, by their stock code."""
    english: dict[str, tuple[str, str]] = {}
    for name in ("SHH", "SHZ"):
        with (folder / f"{name}.csv").open(encoding="utf-8") as lines:
            for row in csv.DictReader(lines):
                english[row["symbol"][:6]] = (row["name"], row.get("city") or "")
    with file.open(encoding="utf-8") as lines:
        rows = [
            (r["symbol"].zfill(6), MARKS.sub("", r["name"]), r["area"])
            for r in csv.DictReader(lines)
        ]
    firms = [Firm(zh, area, *english[code]) for code, zh, area in rows if code in english]
    return [firm for firm in firms if len(firm.zh) > 2]


def near(name: str, others: Iterable[str], apart: float = 1.0) -> str:
    """The other name that is most like this one."""
    scored = [
        (SequenceMatcher(None, name, o, autojunk=False).ratio(), o) for o in others if o != name
    ]
    return max((s for s in scored if s[0] < apart), default=(0.0, ""))[1]


def firm_pairs(firms: list[Firm], rng: random.Random) -> Iterator[Pair]:
    """Listed companies: Chinese with English, and the nearest others in either language."""
    spelled = [f for f in firms if f.spelled >= 2]
    coined = [f for f in firms if f.spelled < 2]
    for firm in rng.sample(spelled, 240):
        yield Pair("same", "firm", "company", firm.zh, firm.area, firm.en, firm.city)
    for firm in rng.sample(coined, 60):
        yield Pair("same", "coined", "company", firm.zh, firm.area, firm.en, firm.city)
    by_sound: dict[str, list[Firm]] = {}
    for firm in firms:
        for n in (2, 3):
            by_sound.setdefault("".join(lazy_pinyin(firm.zh[:n])), []).append(firm)
    for firm in rng.sample(spelled, 150):  # another firm whose name begins alike in sound
        alike = [o for o in by_sound["".join(lazy_pinyin(firm.zh[:2]))] if o != firm] or rng.sample(
            firms, 300
        )
        other = next(o for o in alike if o.en == near(firm.en, [x.en for x in alike], 2.0))
        yield Pair("different", "firm", "company", firm.zh, firm.area, other.en, other.city)
    names = {f.zh: f for f in firms}
    for firm in rng.sample(firms, 700):  # one character apart
        one_off = [
            z for z in names
            if len(z) == len(firm.zh) > 3 and sum(a != b for a, b in zip(z, firm.zh, strict=True)) == 1
        ]  # fmt: skip
        if one_off:
            other = names[rng.choice(one_off)]
            yield Pair(
                "different", "character", "company", firm.zh, firm.area, other.zh, other.area
            )
    english = [f.en for f in firms]
    by_en = {f.en: f for f in firms}
    for firm in rng.sample(firms, 120):
        other = by_en[near(firm.en, rng.sample(english, 900))]
        yield Pair("different", "firm-en", "company", firm.en, firm.city, other.en, other.city)
    for firm in rng.sample(firms, 70):
        yield Pair("same", "form", "company", firm.en, firm.city, reformed(firm.en, rng), firm.city)


def reformed(name: str, rng: random.Random) -> str:
    """The same name with another legal form, in capitals, or without its legal form."""
    bare = re.sub(
        r"[ ,]*(Co\.?,? ?Ltd\.?|Co\.,? Limited|Company Limited|Corp\.?,? Ltd\.?)$",
        "",
        name,
        flags=re.I,
    )
    return rng.choice(
        [f"{bare} Company Limited", f"{bare} Co Ltd", bare.upper() + " CO., LTD.", bare]
    )


def research_pairs(rows: list[tuple[str, str, str, str]], rng: random.Random) -> Iterator[Pair]:
    """Institutes, bodies and companies of ROR: each with its own English name and the nearest other."""
    for kind, many in (("institute", 250), ("body", 90), ("company", 110)):
        own = [r for r in rows if r[0] == kind]
        keys = [r for r in own if "重点实验室" in r[1]]
        own = [r for r in own if "重点实验室" not in r[1]] + rng.sample(keys, min(40, len(keys)))
        chosen = rng.sample(own, min(many, len(own)))
        for _, zh, en, _ in chosen:
            plain = zh.startswith(("中国", "国家")) or Firm(zh, "", en, "").spelled >= 2
            topic = "coined" if kind == "company" and not plain else kind
            yield Pair("same", topic, kind, zh, "", en, "")
        for _, zh, en, _ in rng.sample(chosen, int(len(chosen) * 0.8)):
            yield Pair("different", kind, kind, zh, "", near(en, [r[2] for r in own], 0.98), "")
        for _, zh, _, _ in rng.sample(own, int(len(chosen) * 0.4)):
            yield Pair(
                "different", f"{kind}-zh", kind, zh, "", near(zh, [r[1] for r in own], 0.98), ""
            )


def zone_pairs(rng: random.Random) -> Iterator[Pair]:
    """Development zones: their English forms, another kind of zone there, the same kind elsewhere."""
    zones: list[tuple[str, str]] = list(ZONES.items())
    for listed_, zh_forms, forms in (
        (ETDZ, ("{}经济技术开发区", "{}经开区"), ETDZ_FORMS),
        (HTZ, ("{}高新技术产业开发区", "{}高新区"), HTZ_FORMS),
    ):
        for number, zone in enumerate(listed_.split(";")):
            zh, en = zone.split(" ", 1)
            zones.append(
                (zh_forms[number % 3 == 0].format(zh), forms[number % len(forms)].format(en))
            )
    for zh, en in zones:
        yield Pair("same", "zone", "park", zh, "", en, "")
    for zh, _ in rng.sample(zones, 90):
        others = [(z, e) for z, e in zones if z[:2] == zh[:2] and not same_zone(z, zh)]
        others = others or [(z, e) for z, e in zones if z[-4:] == zh[-4:] and z != zh]
        yield Pair("different", "zone", "park", zh, "", rng.choice(others or zones[:1])[1], "")
    for zh, _ in rng.sample(zones, 40):
        other = near(zh, [z for z, _ in zones if not same_zone(z, zh)])
        yield Pair("different", "zone-zh", "park", zh, "", other, "")
    for zone in HTZ.split(";")[:20]:
        zh, en = zone.split(" ", 1)
        yield Pair("same", "zone-zh", "park", f"{zh}高新区", "", f"{zh}高新技术产业开发区", "")
        yield Pair(
            "same", "zone-en", "park", HTZ_FORMS[1].format(en), "", HTZ_FORMS[2].format(en), ""
        )


def same_zone(one: str, two: str) -> bool:
    """Two forms of one zone in Chinese."""
    short = [
        z.replace("高新技术产业开发区", "高新区").replace("经济技术开发区", "经开区")
        for z in (one, two)
    ]
    return short[0] == short[1] or one in two or two in one


def work_pairs(firms: list[Firm], rng: random.Random) -> Iterator[Pair]:
    """Projects, plants and parks named by rule after listed companies: phases, numbers, places."""
    places = [tuple(z.split(" ", 1)) for z in ETDZ.split(";")]
    plain = [f for f in firms if len(f.zh) > 3 and "".join(lazy_pinyin(f.zh[:2])) in f.en.lower()]
    for firm in rng.sample(plain, 90):
        zh_brand, en_brand = firm.zh[:2], "".join(lazy_pinyin(firm.zh[:2])).capitalize()
        zh_work, en_work, kind = rng.choice(WORKS)
        number, (zh_place, en_place) = rng.choice([2, 5, 10, 30]), rng.choice(places)
        zh_work, en_work = zh_work.format(number), en_work.format(f"{number * 10000:,}")
        zh, en = f"{zh_brand}{zh_place}{zh_work}", f"{en_brand} {en_place} {en_work}"
        yield Pair("same", "work", kind, zh + "二期", "", f"{en} Phase II", "")
        yield Pair("different", "phase", kind, zh + "二期", "", f"{en} Phase I", "")
        _other_zh, other_en = rng.choice([p for p in places if p != (zh_place, en_place)])
        yield Pair("different", "place", kind, zh, "", en.replace(en_place, other_en), "")
        swapped = f"{zh_brand[::-1]}{zh_place}{zh_work}"
        yield Pair("different", "brand", kind, swapped, "", en, "")


def rows_of(pairs: Iterable[Pair]) -> Iterator[str]:
    """Lines of the file: every other pair of a topic and label is for development."""
    counts: dict[tuple[str, str], int] = {}
    seen = set()
    for pair in pairs:
        if pair[:1] + pair[2:] in seen or pair.left == pair.right or not pair.right:
            continue
        seen.add(pair[:1] + pair[2:])
        key = (pair.label, pair.topic)
        counts[key] = counts.get(key, 0) + 1
        own = pair.label == "same" and pair.left in OWN_NAME.split()
        split = "dev" if counts[key] % 2 else "test"
        yield "\t".join((split, *(pair._replace(topic="coined") if own else pair)))


def main() -> None:
    """Write the file."""
    ror, file, folder = map(Path, sys.argv[1:4])
    rng = random.Random(20)
    firms = listed(file, folder)
    head = """\
# Pairs of names, labelled: do they mean one thing? Made by scripts/make_name_pairs.py.
# Sources: ROR (https://ror.org, CC0) for institutes, bodies and their companies; the lists of
# companies of the Shanghai and Shenzhen stock exchanges, Chinese short names and areas from the one,
# English names and cities from FinanceDatabase (MIT), joined by stock code; the State Council's
# lists of national development zones and new areas. Topics work, phase, place, brand: made by rule.
# split, label, topic, kind, left, place of left, right, place of right
"""
    chosen = [
        *firm_pairs(firms, rng),
        *research_pairs(list(research(ror)), rng),
        *zone_pairs(rng),
        *work_pairs(firms, rng),
    ]
    OUT.write_text(head + "\n".join(rows_of(chosen)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
