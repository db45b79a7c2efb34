//! Synthetic files in the layouts of the agencies, sound ones and damaged ones.

use super::*;
use crate::places::gazetteer;
use model::scenario::gazetteer::PlaceLayer;

const HEADING: &str = "area_fips,own_code,industry_code,agglvl_code,size_code,year,qtr,disclosure_code,area_title,annual_avg_estabs_count,annual_avg_emplvl,total_annual_wages";

/// QCEW rows of Macon County, Illinois, or what `edit` makes of them.
fn qcew(edit: impl Fn(&mut Vec<String>)) -> File {
    let row = |own: &str,
               industry: &str,
               level: &str,
               mark: &str,
               firms: u32,
               jobs: u32,
               wages: u64| {
        format!(
            "17115,{own},{industry},{level},0,2023,A,{mark},\"Macon County, Illinois\",{firms},{jobs},{wages}"
        )
    };
    let private = [
        ("11", 40, 300),
        ("21", 3, 20),
        ("22", 10, 600),
        ("23", 210, 3_000),
        ("31-33", 90, 9_500),
        ("42", 120, 2_000),
        ("44-45", 330, 5_000),
        ("48-49", 110, 2_400),
        ("51", 30, 400),
        ("52", 150, 1_500),
        ("53", 80, 400),
        ("54", 160, 1_300),
        ("55", 20, 900),
        ("56", 110, 2_300),
        ("61", 20, 1_100),
        ("62", 290, 7_600),
        ("71", 30, 600),
        ("72", 220, 4_000),
        ("81", 260, 1_400),
    ];
    let jobs: u32 = private.iter().map(|(.., jobs)| jobs).sum();
    let mut rows = vec![
        HEADING.to_owned(),
        row(
            "0",
            "10",
            "70",
            "",
            2_500,
            jobs + 6_000,
            u64::from(jobs + 6_000) * 56_000,
        ),
        row("5", "10", "71", "", 2_400, jobs, u64::from(jobs) * 57_000),
        row("3", "10", "71", "", 60, 6_000, 6_000 * 52_000),
    ];
    rows.extend(private.iter().map(|&(code, firms, jobs)| {
        row("5", code, "74", "", firms, jobs, u64::from(jobs) * 57_000)
    }));
    edit(&mut rows);
    file("macon.csv", &rows.join("\n"))
}

fn file(name: &str, text: &str) -> File {
    File {
        name: name.to_owned(),
        bytes: text.as_bytes().to_vec(),
    }
}

fn of(qcew: File) -> Files {
    Files {
        qcew: Some(qcew),
        ..Files::default()
    }
}

fn refused(files: &Files, asked: Option<&str>) -> String {
    let trouble = import(files, asked, gazetteer()).expect_err("it is damaged");
    trouble.to_string()
}

fn withhold(rows: &mut [String], code: &str) {
    for row in rows
        .iter_mut()
        .filter(|row| row.contains(&format!(",5,{code},74,")))
    {
        let mut cells: Vec<&str> = row.split(',').collect();
        let last = cells.len() - 1;
        (cells[7], cells[last - 1], cells[last]) = ("N", "0", "0");
        *row = cells.join(",");
    }
}

#[test]
fn sound_files_make_a_place_of_their_own_figures() {
    let mut files = of(qcew(|_| {}));
    files.laus = Some(file(
        "laus.txt",
        "CN1711500000000   17   115   Macon County, IL    2023       45,000     42,750      2,250     5.0\n",
    ));
    files.s1901 = Some(file(
        "s1901.csv",
        "GEO_ID,NAME,S1901_C01_001E,S1901_C01_002E,S1901_C01_003E,S1901_C01_004E,S1901_C01_005E,S1901_C01_006E,S1901_C01_007E,S1901_C01_008E,S1901_C01_009E,S1901_C01_010E,S1901_C01_011E,S1901_C01_012E,S1901_C01_013E\nGeography,Name,a,b,c,d,e,f,g,h,i,j,k,l,m\n0500000US17115,\"Macon County, Illinois\",43000,6,4,9,9,13,18,14,15,7,5,62000,81000\n",
    ));
    let own = import(&files, Some("17115"), gazetteer()).expect("sound");
    let f = &own.area.figures;
    assert!((f.shares.iter().sum::<f64>() - 1.0).abs() < 1e-9);
    assert!((f.unemployment - 0.05).abs() < 1e-9 && f.mean_income == 81_000.0);
    // Makers: 9,500 of 50,320 jobs, owners and farmers aside.
    assert!((0.15..0.21).contains(&f.shares[2]), "{:?}", f.shares);
    // 57,000 dollars in retail are far above the nation's 40,000 of 2023.
    assert!(f.pay[4] > 1.2 && f.pay[6] < 0.6, "{:?}", f.pay);
    let layer = PlaceLayer::of(&own.area, gazetteer());
    assert!(
        layer.text.contains("QCEW 2023, own file") && layer.text.contains("LAUS 2023, own file")
    );
}

#[test]
fn a_withheld_sector_is_not_a_sector_without_jobs() {
    let whole = import(&of(qcew(|_| {})), None, gazetteer())
        .expect("sound")
        .area
        .figures;
    let hidden = qcew(|rows| {
        withhold(rows, "22");
        withhold(rows, "55");
    });
    let own = import(&of(hidden), None, gazetteer()).expect("sound");
    let f = own.area.figures;
    // What the published cells leave of the total is shared out: 1,500 jobs in all, in these two sectors.
    let gap: f64 = (0..11).map(|s| (f.shares[s] - whole.shares[s]).abs()).sum();
    assert!(
        gap < 0.03 && f.filled[3] > 0 && f.filled[8] > 0,
        "{gap} {:?}",
        f.filled
    );
    assert!(
        own.told.iter().any(|told| told.contains("withheld")),
        "{:?}",
        own.told
    );
}

#[test]
fn every_damaged_file_gets_one_clear_message() {
    let all_hidden = qcew(|rows| {
        for code in [
            "11", "21", "22", "23", "31-33", "42", "44-45", "48-49", "51", "52", "53", "54", "55",
            "56", "61", "62", "71", "72", "81",
        ] {
            withhold(rows, code);
        }
    });
    let two_years = qcew(|rows| rows[9] = rows[9].replace(",2023,", ",2022,"));
    let old = qcew(|rows| {
        rows.iter_mut()
            .for_each(|row| *row = row.replace(",2023,", ",2009,"))
    });
    let metro = qcew(|rows| {
        rows.iter_mut().for_each(|row| {
            *row = row
                .replace("17115,", "C1950,")
                .replace(",74,", ",44,")
                .replace(",71,", ",41,")
        })
    });
    let quarter = qcew(|rows| {
        rows.iter_mut()
            .for_each(|row| *row = row.replace(",A,", ",1,"))
    });
    let no_wages = qcew(|rows| rows[0] = rows[0].replace("total_annual_wages", "wages"));
    let words = qcew(|rows| rows[8] = rows[8].replace(",90,9500,", ",90,many,"));
    let totals_only = qcew(|rows| rows.truncate(4));
    let mut cp1252 = qcew(|_| {});
    let place = cp1252
        .bytes
        .windows(5)
        .position(|w| w == b"Macon")
        .unwrap_or(0);
    cp1252.bytes[place] = 0xe9;
    let connecticut = qcew(|rows| {
        rows.iter_mut()
            .for_each(|row| *row = row.replace("17115,", "09001,"))
    });
    let mut told = String::new();
    for (what, file) in [
        ("all withheld", all_hidden),
        ("two years", two_years),
        ("an unknown year", old),
        ("a metro for a county", metro),
        ("a quarter", quarter),
        ("a column missing", no_wages),
        ("a word for a number", words),
        ("totals only", totals_only),
        ("Windows-1252", cp1252),
        ("empty", self::file("macon.csv", " \n")),
    ] {
        told.push_str(&format!("{what}: {}\n", refused(&of(file), Some("17115"))));
    }
    told.push_str(&format!(
        "Connecticut: {}\n",
        refused(&of(connecticut), Some("09001"))
    ));
    let mut mixed = of(qcew(|_| {}));
    mixed.laus = Some(file(
        "laus.txt",
        "CN1711300000000   17   113   McLean County, IL    2023    9    8    1   10.0\n",
    ));
    told.push_str(&format!("another county: {}\n", refused(&mixed, None)));
    let table = include_str!("../../data/places/counties.csv");
    let row = |change: &dyn Fn(String) -> String| {
        let mut lines = table.lines();
        let (heading, first) = (
            lines.next().unwrap_or_default(),
            lines.next().unwrap_or_default(),
        );
        let text = format!("{heading}\n{}\n", change(first.to_owned()));
        Files {
            table: Some(file("own.csv", &text)),
            ..Files::default()
        }
    };
    let sums = row(&|row| row.replace(",0.1242,", ",0.5242,"));
    told.push_str(&format!("shares beyond one: {}\n", refused(&sums, None)));
    let nothing = row(&|row| row.replace(",60342,", ",,"));
    told.push_str(&format!("no residents: {}\n", refused(&nothing, None)));
    insta::assert_snapshot!(told);
}

#[test]
fn a_byte_order_mark_is_left_out_and_told() {
    let mut marked = qcew(|_| {});
    let mut bytes = vec![0xef, 0xbb, 0xbf];
    bytes.append(&mut marked.bytes);
    marked.bytes = bytes;
    let own = import(&of(marked), None, gazetteer()).expect("sound");
    assert!(own.told.iter().any(|told| told.contains("byte-order mark")));
}
