//! What quantities mean, by language.

use super::*;
use crate::text::Lang;

/// The likeliest value of every quantity that is more than a hint.
fn values(lang: &str, text: &str) -> String {
    let found = read(text, Lang::parse(lang).unwrap());
    let sure = found.iter().filter(|q| q.form != Form::Hint);
    let numbers = sure.flat_map(|q| q.ways[0].iter().map(|piece| piece.readings[0].to_string()));
    numbers.collect::<Vec<_>>().join(" | ")
}

/// All that the quantities of a text may mean.
fn may_mean(lang: &str, text: &str, value: &str) -> bool {
    let value = Number::parse(value).unwrap();
    let found = read(text, Lang::parse(lang).unwrap());
    found.iter().any(|q| q.ways.iter().flatten().any(|piece| piece.readings.contains(&value)))
}

#[test]
fn figures_and_what_multiplies_them() {
    for (lang, text, value) in [
        ("en", "1.2 million people", "1,200,000"),
        ("en", "10bn", "10,000,000,000"),
        ("en", "3 lakh rupees", "300,000"),
        ("de", "1,2 Mio. Menschen", "1,200,000"),
        ("de", "3,5 Milliarden", "3,500,000,000"),
        ("de", "1.250 Euro", "1250"),
        ("fr", "12 500 habitants", "12,500"),
        ("es", "2 mil millones", "2,000,000,000"),
        ("es", "dos billones", "2,000,000,000,000"),
        ("zh", "120万人", "1,200,000"),
        ("zh", "5万5千", "55,000"),
        ("zh", "500余万人", "5,000,000"),
        ("zh", "1.4亿", "140,000,000"),
        ("zh", "EA健康一百万个", "1,000,000"),
        ("ja", "1億2000万円", "120,000,000"),
        ("ko", "120만명", "1,200,000"),
        ("ko", "3만 5천 명", "35,000"),
        ("hi", "5 लाख", "500,000"),
        ("hi", "१२ करोड़", "120,000,000"),
        ("ar", "٣٫٥ مليون", "3,500,000"),
        ("ru", "3,2 тыс.", "3200"),
        ("pl", "12 mld zł", "12,000,000,000"),
    ] {
        assert_eq!(values(lang, text), value, "{lang}: {text}");
    }
}

#[test]
fn words() {
    for (lang, text, value) in [
        ("en", "twenty-five", "25"),
        ("en", "two hundred and five thousand", "205,000"),
        ("en", "three or four", "3 | 4"),
        ("en", "nineteen", "19"),
        ("de", "fünfundzwanzig", "25"),
        ("de", "zweihundertfünf", "205"),
        ("de", "siebenundzwanzig Tausend", "27,000"),
        ("cs", "sedmadvacet tisíc", "27,000"),
        ("zh", "这些瓷砖有十四五年了", "14"),
        ("de", "drei", "3"),
        ("nl", "vijfentwintig", "25"),
        ("da", "femogtyve", "25"),
        ("fr", "quatre-vingt-dix-neuf", "99"),
        ("fr", "soixante et onze", "71"),
        ("fr", "vingt et un", "21"),
        ("es", "treinta y cinco", "35"),
        ("es", "doscientos mil", "200,000"),
        ("it", "ventitré", "23"),
        ("it", "quarantotto", "48"),
        ("pt", "cento e vinte e três", "123"),
        ("hu", "huszonöt", "25"),
        ("fi", "kaksikymmentäviisi", "25"),
        ("sv", "tjugofem", "25"),
        ("tr", "yirmi beş", "25"),
        ("tr", "on iki", "12"),
        ("ru", "двадцать пять", "25"),
        ("pl", "sto dwadzieścia trzy", "123"),
        ("cs", "dvacet pět", "25"),
        ("uk", "п’ятдесят", "50"),
        ("el", "είκοσι πέντε", "25"),
        ("ar", "خمسة وعشرون", "25"),
        ("hi", "पच्चीस", "25"),
        ("id", "dua puluh lima", "25"),
        ("id", "dua belas", "12"),
        ("vi", "hai mươi lăm", "25"),
        ("zh", "二十三", "23"),
        ("zh", "两千三百万", "23,000,000"),
        ("zh", "二〇二〇年", "2020"),
        ("ja", "三百五十", "350"),
        ("ko", "스물다섯", ""),
    ] {
        assert_eq!(values(lang, text), value, "{lang}: {text}");
    }
}

#[test]
fn what_may_render_a_number() {
    for (lang, text, value) in [
        ("en", "both", "2"),
        ("en", "12 March", "3"),
        ("en", "3:40 p.m.", "15"),
        ("en", "the sixties", "60"),
        ("de", "3.40 Uhr", "40"),
        ("de", "dreijährig", "3"),
        ("de", "am 3. März", "3"),
        ("fr", "XIXe siècle", "19"),
        ("fr", "15 h 30", "3"),
        ("zh", "下午3点", "15"),
        ("zh", "三四天", "4"),
        ("ja", "平成30年", "2018"),
        ("ru", "ХХ век", "20"),
        ("en", "$10m", "10000000"),
        ("en", "in ’98", "1998"),
        ("en", "the 1850s", "19"),
        ("en", "2 1/2 million", "2500000"),
        ("en", "2½", "2.5"),
        ("en", "at 1200 GMT", "12"),
        ("zh", "1000万千瓦", "10000000"),
    ] {
        assert!(may_mean(lang, text, value), "{lang}: {text}");
    }
    assert_eq!(values("es", "20 por ciento"), "20");
    assert_eq!(values("zh", "百分之20"), "20");
}

#[test]
fn numbers_of_names_are_told_apart() {
    let forms = |text: &str| {
        let found = read(text, Lang::ENGLISH);
        found.iter().map(|q| q.form).filter(|form| *form != Form::Hint).collect::<Vec<_>>()
    };
    assert_eq!(forms("COVID-19 on A4"), [Form::Code, Form::Code]);
    assert_eq!(forms("10km"), [Form::Figures]);
}

proptest::proptest! {
    #[test]
    fn reading_never_fails(text in "[0-9.,: 'a-zäИ千万三〇百½٣-]{0,40}", lang in 0usize..60) {
        let lang = crate::text::Language::known().nth(lang).unwrap_or(Lang::ENGLISH);
        for q in read(&text, lang) {
            proptest::prop_assert!(text.is_char_boundary(q.start) && text.is_char_boundary(q.end) && q.start < q.end);
            proptest::prop_assert!(!q.ways.is_empty() && q.ways.iter().all(|w| !w.is_empty()));
        }
    }
}
