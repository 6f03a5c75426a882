//! Lines that are known by their first word, or by a date in them: captions, credits, bylines, datelines.

use super::kinds::Look;
use crate::text::BlockKind;

/// Captions, credits, bylines and datelines: short lines without end marks that begin with a known word, or hold a date.
pub fn named(line: &str, look: &Look) -> BlockKind {
    if look.words > 40 {
        return BlockKind::Paragraph;
    }
    let first: String = line.chars().take_while(|c| c.is_alphabetic()).flat_map(char::to_lowercase).take(24).collect();
    let after = line.trim_start_matches(char::is_alphabetic).trim_start();
    if CREDITS.contains(&first.as_str()) && after.starts_with([':', '：', '/', '©', '|']) {
        return BlockKind::Caption;
    }
    if line.starts_with('©') || is_credited(line) {
        return BlockKind::Caption;
    }
    if FIGURES.contains(&first.as_str()) && after.starts_with(|c: char| c.is_ascii_digit()) {
        return BlockKind::Caption;
    }
    let name = after.trim_start_matches([':', ' ']).starts_with(char::is_uppercase);
    if AUTHORS.contains(&first.as_str()) && name && look.words <= 10 && !look.sentences {
        return BlockKind::Byline;
    }
    if look.words <= 10 && !look.lead_in && is_date(line) {
        return BlockKind::Byline;
    }
    BlockKind::Paragraph
}

/// Whether a line closes with a credit: “(Photo: Jane Doe)”, “[Source: …]”.
fn is_credited(line: &str) -> bool {
    let Some(inner) = line.strip_suffix([')', ']']) else { return false };
    let Some(open) = inner.rfind(['(', '[']) else { return false };
    let first: String =
        inner[open + 1..].chars().take_while(|c| c.is_alphabetic()).flat_map(char::to_lowercase).take(24).collect();
    CREDITS.contains(&first.as_str())
}

/// Words that open the credit of a picture. Layout is read before the language is known, so they stand here, for
/// all languages at once, and count only before a colon, a bar or in closing brackets.
const CREDITS: &[&str] = &[
    "photo",
    "photos",
    "photograph",
    "photographs",
    "photography",
    "image",
    "images",
    "picture",
    "pictures",
    "source",
    "sources",
    "credit",
    "credits",
    "caption",
    "video",
    "graphic",
    "illustration",
    "foto",
    "fotos",
    "bild",
    "bilder",
    "abbildung",
    "quelle",
    "quellen",
    "grafik",
    "photographie",
    "crédit",
    "crédits",
    "légende",
    "imagen",
    "imágenes",
    "fuente",
    "fuentes",
    "immagine",
    "fonte",
    "fontes",
    "fonti",
    "imagem",
    "crédito",
    "créditos",
    "didascalia",
    "afbeelding",
    "bron",
    "beeld",
    "zdjęcie",
    "fot",
    "źródło",
    "obrázek",
    "zdroj",
    "фото",
    "фотография",
    "изображение",
    "источник",
    "світлина",
    "зображення",
    "джерело",
    "снимка",
    "източник",
    "imagine",
    "sursa",
    "kép",
    "fotó",
    "forrás",
    "fotoğraf",
    "görsel",
    "kaynak",
    "gambar",
    "sumber",
    "ảnh",
    "nguồn",
    "picha",
    "chanzo",
    "صورة",
    "الصورة",
    "المصدر",
    "تصوير",
    "عکس",
    "منبع",
    "फोटो",
    "चित्र",
    "स्रोत",
    "图",
    "图片",
    "来源",
    "圖",
    "圖片",
    "來源",
    "写真",
    "画像",
    "出典",
    "사진",
    "출처",
    "צילום",
    "תמונה",
    "מקור",
    "φωτογραφία",
    "πηγή",
    "källa",
    "foto",
];

/// Words before the number of a figure.
const FIGURES: &[&str] = &[
    "figure",
    "fig",
    "table",
    "abbildung",
    "abb",
    "tabelle",
    "tableau",
    "figura",
    "tabla",
    "tabella",
    "tabela",
    "figuur",
    "rysunek",
    "рис",
    "рисунок",
    "таблица",
    "图",
    "表",
    "圖",
    "図",
];

/// Words before the name of an author.
const AUTHORS: &[&str] = &[
    "by",
    "von",
    "par",
    "por",
    "di",
    "door",
    "av",
    "af",
    "de",
    "od",
    "text",
    "texte",
    "testo",
    "texto",
    "tekst",
    "текст",
    "yazan",
    "írta",
    "oleh",
    "words",
    "story",
    "reporting",
    "author",
    "autor",
    "автор",
    "written",
    "posted",
    "published",
];

/// Whether a short line is a date: a year or a time in figures, and hardly more than a few words beside it.
fn is_date(line: &str) -> bool {
    let mut digits = 0;
    let mut year = false;
    let mut time = false;
    let mut others = 0;
    for token in line.split(|c: char| c.is_whitespace() || matches!(c, ',' | '|' | '•' | '·' | '(' | ')')) {
        let number = token.trim_end_matches(['.', '年', '月', '日']);
        let figures = number.bytes().filter(u8::is_ascii_digit).count();
        if figures == 0 {
            others += usize::from(!token.is_empty());
            continue;
        }
        digits += figures;
        year |= figures == 4 && number.len() == 4 && (number.starts_with("19") || number.starts_with("20"));
        // “2.1.0” is a version.
        let last = number.rsplit(['.', '-', '/', ':']).next().unwrap_or_default();
        time |= figures >= 3
            && last.len() > 1
            && number.bytes().all(|b| b.is_ascii_digit() || matches!(b, b':' | b'.' | b'/' | b'-'))
            && number.bytes().any(|b| matches!(b, b':' | b'/' | b'-' | b'.'));
    }
    (year && digits >= 5 || time) && others <= 5
}
