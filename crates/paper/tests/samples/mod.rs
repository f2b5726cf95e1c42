//! One of each document, with the long names, many lines and both scripts that real ones have.

use paper::{
    Arrow, BinLabel, Block, CartonLabel, Column, CountLine, CountSheet, DayReport, Document,
    Figure, Manifest, ManifestStop, PackingSlip, PickList, PickStop, PrintedBy, ProductLabel,
    PurchaseLine, PurchaseOrder, SlipLine,
};

const NAMES: [&str; 5] = [
    "Ceramic mug, white, 330 ml",
    "白色陶瓷马克杯 330 毫升",
    "Hex bolt M8 x 40, zinc plated, box of 100",
    "有机乌龙茶礼盒（春茶）250 克",
    "Storage box with lid, stackable, transparent, 45 liters, with four transport rollers",
];

pub fn printed() -> PrintedBy {
    PrintedBy { who: "Li Wei 李伟".into(), at_text: "2026-03-02 06:14".into() }
}

pub fn all() -> Vec<Document> {
    vec![
        bin_labels(),
        product_labels(),
        carton_labels(),
        pick_list(23),
        packing_slip(),
        manifest(),
        count_sheet(),
        purchase_order(),
        day_report(),
    ]
}

pub fn bin_labels() -> Document {
    let label = |code: &str, arrow| BinLabel { code: code.into(), zone: "A".into(), arrow };
    Document::BinLabels(vec![
        label("A-04-2", Arrow::None),
        label("B-12-3-07", Arrow::Up),
        label("BULK-117-04-B", Arrow::Down),
    ])
}

pub fn product_labels() -> Document {
    let label = |sku: &str, name: &str, barcode: &str, lot: &str| ProductLabel {
        sku: sku.into(),
        name: name.into(),
        barcode: barcode.into(),
        lot: lot.into(),
        expiry: if lot.is_empty() { String::new() } else { "2027-03-31".into() },
        contents: "12 × 1".into(),
    };
    Document::ProductLabels(vec![
        label("MUG-W-330", NAMES[1], "6901234567892", "24-118"),
        label("BOX-45-TRANSPARENT", NAMES[4], "BOX-45-TRANSPARENT", ""),
    ])
}

pub fn carton_labels() -> Document {
    let carton = |no, to: &[&str], route: &str| CartonLabel {
        ship_to: to.iter().map(|row| (*row).into()).collect(),
        ship_from: vec!["Harbor Goods 港货行".into(), "Dock Street 4".into(), "Heidelberg".into()],
        phone: "+49 6221 555 018".into(),
        order_number: "SO-2026-004711".into(),
        route: route.into(),
        carton_no: no,
        carton_count: 2,
        weight_g: 7_450,
        sscc: "340123450000000017".into(),
        note: "Ring twice; leave with the neighbor. 请提前电话联系".into(),
    };
    Document::CartonLabels(vec![
        carton(
            1,
            &[
                "Buchhandlung am Neckar",
                "Frau Dr. Annegret Müller-Lüdenscheidt",
                "Uferstraße 12",
                "69120 Heidelberg",
                "Germany",
            ],
            "Van 3 · stop 12",
        ),
        carton(
            2,
            &["王小明", "海港路 88 号 5 栋 1203 室", "青岛市 市南区 266000"],
            "3 号车 · 第 12 站",
        ),
    ])
}

pub fn pick_list(lines: usize) -> Document {
    let stop = |at: usize| PickStop {
        bin: format!("{}-{:02}-{}", ["A", "B", "BULK-C"][at % 3], at + 1, at % 4 + 1),
        sku: ["MUG-W-330", "TEA-OOL-250", "BOLT-M8-40-ZN"][at % 3].into(),
        name: NAMES[at % NAMES.len()].into(),
        lot: if at.is_multiple_of(2) { format!("24-{}", 100 + at) } else { String::new() },
        expiry: if at.is_multiple_of(4) { "2027-03-31".into() } else { String::new() },
        qty: [1, 6, 24, 1200][at % 4],
        unit: ["pcs", "件", "boxes"][at % 3].into(),
        order_number: format!("SO-2026-{:06}", 4700 + at),
    };
    Document::PickList(PickList {
        wave: "W-2026-03-02-01".into(),
        picker: "".into(),
        orders: 9,
        stops: (0..lines).map(stop).collect(),
    })
}

pub fn packing_slip() -> Document {
    let line = |at: usize| SlipLine {
        line_no: at as u32 + 1,
        sku: ["MUG-W-330", "TEA-OOL-250", "BOLT-M8-40-ZN"][at % 3].into(),
        name: NAMES[at % NAMES.len()].into(),
        lot: if at.is_multiple_of(2) { "24-118".into() } else { String::new() },
        ordered: [6, 24, 1200][at % 3],
        shipped: [6, 20, 1200][at % 3],
        backordered: [0, 4, 0][at % 3],
        unit: "pcs".into(),
    };
    Document::PackingSlip(PackingSlip {
        order_number: "SO-2026-004711".into(),
        placed_on: "2026-02-28".into(),
        shipped_on: "2026-03-02".into(),
        ship_to: vec!["王小明".into(), "海港路 88 号 5 栋 1203 室".into(), "青岛市 市南区".into()],
        ship_from: vec!["Harbor Goods 港货行".into(), "Dock Street 4".into(), "Heidelberg".into()],
        cartons: 2,
        weight_g: 14_450,
        lines: (0..7).map(line).collect(),
        note: "The missing 4 follow on Thursday. 余下 4 件周四补发。".into(),
    })
}

pub fn manifest() -> Document {
    let stop = |at: usize| ManifestStop {
        no: at as u32 + 1,
        eta: format!("{:02}:{:02}", 8 + at / 4, at % 4 * 15),
        window: format!("{:02}:00–{:02}:00", 8 + at / 4, 10 + at / 4),
        name: ["Buchhandlung am Neckar", "王小明", "Müller & Söhne Metallbau GmbH"][at % 3].into(),
        address: ["Uferstraße 12, 69120 Heidelberg", "海港路 88 号 5 栋 1203 室", "Im Hof 7a"]
            [at % 3]
            .into(),
        phone: "+49 6221 555 018".into(),
        orders: vec![format!("SO-2026-{:06}", 4700 + at), "SO-2026-004799".into()],
        pieces: at as u32 % 5 + 1,
        weight_g: 3_350 * (at as i64 + 1),
        note: if at.is_multiple_of(4) { "Ring twice".into() } else { String::new() },
    };
    Document::Manifest(Manifest {
        number: "M-2026-03-02-3".into(),
        day: "2026-03-02".into(),
        van: "Van 3 · HD-QS 303".into(),
        driver: "Jonas Brandt".into(),
        depot: "Heidelberg".into(),
        departs: "07:30".into(),
        returns: "14:05".into(),
        distance_m: 87_460,
        stops: (0..14).map(stop).collect(),
    })
}

pub fn count_sheet() -> Document {
    let line = |at: usize| CountLine {
        bin: format!("A-{:02}-{}", at + 1, at % 4 + 1),
        sku: "MUG-W-330".into(),
        name: NAMES[at % NAMES.len()].into(),
        lot: "24-118".into(),
        unit: "pcs".into(),
    };
    Document::CountSheet(CountSheet {
        number: "C-2026-03-02-04".into(),
        zone: "A".into(),
        reason: "Short pick in A-04-2".into(),
        counter: "Mia Schulz".into(),
        lines: (0..11).map(line).collect(),
    })
}

pub fn purchase_order() -> Document {
    let line = |at: usize| PurchaseLine {
        no: at as u32 + 1,
        sku: format!("MUG-W-{}", 330 + at),
        name: NAMES[at % NAMES.len()].into(),
        barcode: "4006381333931".into(),
        qty: 48,
        unit: "pcs".into(),
        packs: "4 × 12".into(),
        unit_cost: "2.50".into(),
        cost: "120.00".into(),
    };
    Document::PurchaseOrder(PurchaseOrder {
        number: "PO-20260302-1".into(),
        supplier: "Keramik Blau 蓝陶".into(),
        ordered_on: "2026-03-02".into(),
        wanted_by: "2026-03-09".into(),
        deliver_to: vec!["Heidelberg warehouse 海德堡仓".into(), "Mill Lane 4".into()],
        currency: "EUR".into(),
        lines: (0..9).map(line).collect(),
        total: "1,080.00 EUR".into(),
    })
}

pub fn day_report() -> Document {
    let column = |title: &str, numeric| Column { title: title.into(), numeric };
    let row = |cells: [&str; 4]| cells.map(String::from).to_vec();
    let svg = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 180">
        <polyline points="20,150 140,90 260,110 380,40 580,70" fill="none" stroke="#0d4f57"
        stroke-width="3"/><line x1="20" y1="160" x2="580" y2="160" stroke="#999"/>
        <text x="20" y="176" font-family="sans-serif" font-size="12">06:00</text></svg>"##;
    let figure = |caption: &str| Figure {
        caption: caption.into(),
        note: "As usual.".into(),
        svg: svg.into(),
    };
    Document::DayReport(DayReport {
        title: "Day report 2026-03-02 日报".into(),
        subtitle: "Heidelberg warehouse 海德堡仓".into(),
        blocks: vec![
            Block::Heading { text: "Orders 订单".into() },
            Block::Paragraph {
                text:
                    "148 orders came in, 141 left the house, 3 are short and 4 wait for payment. \
                       今日接单 148 张，发出 141 张，缺货 3 张，待付款 4 张。"
                        .into(),
            },
            Block::Table {
                caption: "By hour 按小时".into(),
                columns: vec![
                    column("Zone 库区", false),
                    column("Placed 下单", true),
                    column("Picked 拣货", true),
                    column("Shipped 发货", true),
                ],
                rows: vec![
                    row(["A", "1,204", "1,180", "1,176"]),
                    row(["B #not [markup] $x$", "96", "96", "88"]),
                ],
            },
            Block::Chart { caption: "Units picked 拣货件数".into(), svg: svg.into() },
            Block::Charts { charts: vec![figure("Sales 销售额"), figure("Stock 库存")] },
        ],
    })
}
