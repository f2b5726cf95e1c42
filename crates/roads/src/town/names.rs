//! Street names, in English and Chinese.

use super::chance::Chance;
use crate::class::RoadClass;

const WORDS: [(&str, &str); 104] = [
    ("Harbor", "海港"),
    ("Mill", "磨坊"),
    ("Church", "教堂"),
    ("Bridge", "大桥"),
    ("Station", "车站"),
    ("Market", "集市"),
    ("Garden", "花园"),
    ("Maple", "枫树"),
    ("Willow", "柳树"),
    ("Cedar", "雪松"),
    ("Cherry", "樱桃"),
    ("Orchard", "果园"),
    ("Lake", "湖滨"),
    ("River", "河滨"),
    ("Hill", "山丘"),
    ("Valley", "山谷"),
    ("Spring", "春晖"),
    ("Summer", "夏荫"),
    ("Autumn", "秋实"),
    ("Winter", "冬青"),
    ("Sunrise", "朝阳"),
    ("Sunset", "晚霞"),
    ("Morning", "晨光"),
    ("Moon", "明月"),
    ("Star", "星光"),
    ("Cloud", "白云"),
    ("Rainbow", "彩虹"),
    ("Stone", "石头"),
    ("Iron", "铁匠"),
    ("Copper", "铜匠"),
    ("Silver", "银匠"),
    ("Gold", "金匠"),
    ("Weaver", "织工"),
    ("Baker", "面包"),
    ("Fisher", "渔夫"),
    ("Potter", "陶匠"),
    ("Carpenter", "木匠"),
    ("Miller", "磨工"),
    ("Cooper", "桶匠"),
    ("Ferry", "渡口"),
    ("Lighthouse", "灯塔"),
    ("Anchor", "船锚"),
    ("Sail", "风帆"),
    ("Compass", "罗盘"),
    ("Castle", "城堡"),
    ("Tower", "塔楼"),
    ("Gate", "城门"),
    ("Wall", "城墙"),
    ("King", "国王"),
    ("Queen", "王后"),
    ("Knight", "骑士"),
    ("School", "学堂"),
    ("College", "学院"),
    ("Library", "书馆"),
    ("Museum", "博物"),
    ("Theater", "剧院"),
    ("Concert", "音乐"),
    ("Poet", "诗人"),
    ("Painter", "画家"),
    ("Teacher", "教师"),
    ("Doctor", "医师"),
    ("Hospital", "医院"),
    ("Fountain", "喷泉"),
    ("Well", "古井"),
    ("Meadow", "草甸"),
    ("Forest", "森林"),
    ("Oak", "橡树"),
    ("Pine", "松林"),
    ("Birch", "白桦"),
    ("Elm", "榆树"),
    ("Ash", "白蜡"),
    ("Linden", "椴树"),
    ("Chestnut", "栗树"),
    ("Walnut", "核桃"),
    ("Plum", "梅花"),
    ("Peach", "桃园"),
    ("Apple", "苹果"),
    ("Pear", "梨花"),
    ("Rose", "玫瑰"),
    ("Lily", "百合"),
    ("Lotus", "荷花"),
    ("Orchid", "兰花"),
    ("Bamboo", "竹林"),
    ("Tea", "茶园"),
    ("Heron", "白鹭"),
    ("Swallow", "燕子"),
    ("Crane", "仙鹤"),
    ("Eagle", "雄鹰"),
    ("Lark", "云雀"),
    ("Fox", "狐狸"),
    ("Deer", "鹿鸣"),
    ("Horse", "骏马"),
    ("Bell", "钟楼"),
    ("Drum", "鼓楼"),
    ("Lantern", "灯笼"),
    ("Silk", "丝绸"),
    ("Paper", "造纸"),
    ("Glass", "玻璃"),
    ("Brick", "砖窑"),
    ("Salt", "盐仓"),
    ("Granary", "粮仓"),
    ("Depot", "货栈"),
    ("Union", "联合"),
    ("Liberty", "自由"),
];

/// Kinds of street, the grander for the busier.
fn kinds(class: RoadClass) -> &'static [(&'static str, &'static str)] {
    match class {
        RoadClass::Motorway | RoadClass::Trunk | RoadClass::Primary => &[("Avenue", "大道")],
        RoadClass::Secondary => &[("Avenue", "大道"), ("Road", "路")],
        RoadClass::Tertiary => &[("Road", "路"), ("Street", "街")],
        RoadClass::Residential | RoadClass::Service | RoadClass::Path => {
            &[("Street", "街"), ("Lane", "巷"), ("Road", "路"), ("Close", "里"), ("Row", "弄")]
        }
    }
}

const SIDES: [(&str, &str); 5] =
    [("", ""), ("Old ", "老"), ("New ", "新"), ("Upper ", "上"), ("Lower ", "下")];

/// Hands out names, none twice while there are any left.
pub(super) struct Names {
    taken: std::collections::BTreeSet<String>,
}

impl Names {
    pub(super) fn new() -> Names {
        Names { taken: std::collections::BTreeSet::new() }
    }

    pub(super) fn next(&mut self, chance: &mut Chance, class: RoadClass) -> String {
        let kinds = kinds(class);
        let mut name = String::new();
        for attempt in 0..400 {
            let (word, word_zh) = WORDS[chance.below(WORDS.len())];
            let (kind, kind_zh) = kinds[chance.below(kinds.len())];
            // Plain names first; `Old` and `Upper` only when those become scarce.
            let (side, side_zh) = SIDES[chance.below(1 + (attempt / 8).min(SIDES.len() - 1))];
            name = format!("{side}{word} {kind} {side_zh}{word_zh}{kind_zh}");
            if self.taken.insert(name.clone()) {
                break;
            }
        }
        name
    }
}
