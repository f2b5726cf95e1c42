//! The two languages. Texts for people are made here and in views, never stored.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    #[default]
    En,
    Zh,
}

impl Lang {
    pub fn is_zh(self) -> bool {
        self == Lang::Zh
    }

    pub fn say(self, en: &str, zh: &str) -> String {
        if self.is_zh() { zh.to_owned() } else { en.to_owned() }
    }

    pub fn pick(self, en: String, zh: String) -> String {
        if self.is_zh() { zh } else { en }
    }

    /// A trade noun as it is named in the glossary.
    pub fn noun(self, en: &str) -> String {
        let zh = match en {
            "order" => "订单",
            "order line" => "订单行",
            "SKU" | "sku" => "商品",
            "bin" | "location" => "库位",
            "lot" => "批号",
            "serial" => "序列号",
            "wave" => "波次",
            "pick" => "拣货任务",
            "carton" => "箱",
            "receipt" => "到货单",
            "count" => "盘点",
            "return" => "退货",
            "person" => "人员",
            "van" => "车辆",
            "stop" => "站点",
            "plan" => "线路计划",
            "event" => "记录",
            "stock" => "库存",
            "quantity" | "qty" => "数量",
            "import" => "导入",
            "move" => "移动记录",
            "closure" => "封路",
            "proposal" => "采购建议",
            "time zone" => "时区",
            "name" => "名称",
            "address" => "地址",
            "code" => "代码",
            "warehouse" => "仓库",
            "site" => "站点名称",
            "currency" => "货币",
            "place" | "depot" => "坐标",
            "expiry" => "有效期",
            "shift" => "班次",
            "break" => "休息时间",
            "limits" => "上限",
            "rules" => "规则",
            "speeds" => "车速",
            "share" => "离线份额",
            "service level" => "服务水平",
            "budget" => "预算",
            "day" => "日期",
            "map" => "地图",
            "sheet" => "表格",
            "photo" => "照片",
            "signature" => "签名",
            "arguments" => "请求内容",
            "answer" => "返回内容",
            other => other,
        };
        self.say(en, zh)
    }
}
