//! The small language in which a row of `evaluations.toml` says what it measures.
//!
//! ```text
//! P(employment)                                  percent change between a town with the policy and its twin without
//! D(value_added, 12..36) / D(exports, 12..36)    a ratio of differences over months 12 to 35 since the policy began
//! slope(P(employment), T(trade.imported_inputs)) a regression over towns that differ in a parameter
//! ```
//!
//! `B(name)` is a quantity in the twin without the policy, `A(name)` in the town with it, `D(name)` their difference
//! and `P(name)` that difference in percent of `B`; `T(key)` is what a town's parameter was varied to. `name @ arm`
//! names one of several arms, `+` between names adds quantities, and `from..until` names months since the policy
//! began. Outside `slope`, a quantity stands for its mean over towns.

use std::fmt;

/// Which side of a pair of towns is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The twin without the policy.
    Base,
    /// The town with it.
    Arm,
    /// With less without.
    Difference,
    /// That difference in percent of the twin without.
    Percent,
}

/// Quantities of pairs of towns over some months.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaf {
    /// Which side of the pair.
    pub side: Side,
    /// Names of quantities that are added.
    pub names: Vec<String>,
    /// The arm; the first if none is named.
    pub arm: Option<String>,
    /// Months since the policy began, first and first no longer meant; those of the measure if none are named.
    pub months: Option<[i32; 2]>,
}

/// A function of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    /// Natural logarithm.
    Log,
    /// The smaller of two.
    Min,
    /// The larger of two.
    Max,
    /// Coefficient of the second argument in a least-squares regression of the first on it and on those that follow,
    /// with a constant, over towns.
    Slope,
}

/// An expression.
#[derive(Clone, Debug, PartialEq)]
pub enum Expression {
    /// A number.
    Number(f64),
    /// Quantities of towns.
    Leaf(Leaf),
    /// Value of a parameter that varies between towns.
    Varied(String),
    /// Minus an expression.
    Negative(Box<Expression>),
    /// Two expressions and what stands between them: `+`, `-`, `*` or `/`.
    Both(char, Box<Expression>, Box<Expression>),
    /// A function of expressions.
    Call(Function, Vec<Expression>),
}

/// What is wrong with the text of an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unparsable {
    /// Characters read before the mistake.
    pub at: usize,
    /// What is wrong.
    pub why: String,
}

impl fmt::Display for Unparsable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (after {} characters)", self.why, self.at)
    }
}

impl std::error::Error for Unparsable {}

/// Deepest nesting of brackets: more than anybody writes, less than a stack holds.
const DEEPEST: usize = 50;

impl Expression {
    /// Reads an expression.
    ///
    /// # Errors
    /// Where the text stops making sense, and why.
    pub fn parse(text: &str) -> Result<Expression, Unparsable> {
        let mut reader = Reader {
            text: text.as_bytes(),
            at: 0,
            depth: 0,
        };
        let expression = reader.sum()?;
        match reader.peek() {
            None => Ok(expression),
            Some(_) => Err(reader.wrong("more follows where the expression should end")),
        }
    }

    /// All quantities it names.
    pub fn leaves(&self) -> Vec<&Leaf> {
        match self {
            Expression::Number(_) | Expression::Varied(_) => Vec::new(),
            Expression::Leaf(leaf) => vec![leaf],
            Expression::Negative(inner) => inner.leaves(),
            Expression::Both(_, a, b) => [a.leaves(), b.leaves()].concat(),
            Expression::Call(_, arguments) => {
                arguments.iter().flat_map(Expression::leaves).collect()
            }
        }
    }

    /// All varied parameters it names.
    pub fn varied(&self) -> Vec<&str> {
        match self {
            Expression::Number(_) | Expression::Leaf(_) => Vec::new(),
            Expression::Varied(key) => vec![key],
            Expression::Negative(inner) => inner.varied(),
            Expression::Both(_, a, b) => [a.varied(), b.varied()].concat(),
            Expression::Call(_, arguments) => {
                arguments.iter().flat_map(Expression::varied).collect()
            }
        }
    }
}

struct Reader<'a> {
    text: &'a [u8],
    at: usize,
    depth: usize,
}

impl Reader<'_> {
    fn wrong(&self, why: impl Into<String>) -> Unparsable {
        Unparsable {
            at: self.at,
            why: why.into(),
        }
    }

    fn peek(&mut self) -> Option<u8> {
        while self.text.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
        self.text.get(self.at).copied()
    }

    fn take(&mut self, wanted: u8) -> bool {
        let there = self.peek() == Some(wanted);
        self.at += usize::from(there);
        there
    }

    fn need(&mut self, wanted: u8) -> Result<(), Unparsable> {
        if self.take(wanted) {
            return Ok(());
        }
        Err(self.wrong(format!("`{}` should stand here", char::from(wanted))))
    }

    fn word(&mut self) -> Result<String, Unparsable> {
        self.peek();
        let start = self.at;
        let part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.');
        while self.text.get(self.at).is_some_and(part) {
            // Two dots are a range, not part of a name.
            if self.text[self.at..].starts_with(b"..") {
                break;
            }
            self.at += 1;
        }
        match std::str::from_utf8(&self.text[start..self.at]) {
            Ok(word) if !word.is_empty() => Ok(word.to_owned()),
            _ => Err(self.wrong("a name or a number should stand here")),
        }
    }

    fn sum(&mut self) -> Result<Expression, Unparsable> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.wrong("brackets are nested too deep"));
        }
        let mut left = self.product()?;
        while let Some(sign @ (b'+' | b'-')) = self.peek() {
            self.at += 1;
            let right = self.product()?;
            left = Expression::Both(char::from(sign), Box::new(left), Box::new(right));
        }
        self.depth -= 1;
        Ok(left)
    }

    fn product(&mut self) -> Result<Expression, Unparsable> {
        let mut left = self.factor()?;
        while let Some(sign @ (b'*' | b'/')) = self.peek() {
            self.at += 1;
            let right = self.factor()?;
            left = Expression::Both(char::from(sign), Box::new(left), Box::new(right));
        }
        Ok(left)
    }

    fn factor(&mut self) -> Result<Expression, Unparsable> {
        let mut negative = false;
        while self.take(b'-') {
            negative = !negative;
        }
        let inner = if self.take(b'(') {
            let inner = self.sum()?;
            self.need(b')')?;
            inner
        } else {
            self.named()?
        };
        Ok(if negative {
            Expression::Negative(Box::new(inner))
        } else {
            inner
        })
    }

    fn named(&mut self) -> Result<Expression, Unparsable> {
        let word = self.word()?;
        if word.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
            let number = word.parse();
            return number
                .map(Expression::Number)
                .map_err(|_| self.wrong(format!("`{word}` is not a number")));
        }
        self.need(b'(')?;
        let side = match word.as_str() {
            "A" => Side::Arm,
            "B" => Side::Base,
            "D" => Side::Difference,
            "P" => Side::Percent,
            "T" => {
                let key = self.word()?;
                self.need(b')')?;
                return Ok(Expression::Varied(key));
            }
            _ => return self.call(&word),
        };
        let leaf = self.leaf(side)?;
        self.need(b')')?;
        Ok(Expression::Leaf(leaf))
    }

    fn leaf(&mut self, side: Side) -> Result<Leaf, Unparsable> {
        let mut names = vec![self.word()?];
        while self.take(b'+') {
            names.push(self.word()?);
        }
        let arm = match self.take(b'@') {
            true => Some(self.word()?),
            false => None,
        };
        let months = match self.take(b',') {
            true => Some(self.months()?),
            false => None,
        };
        Ok(Leaf {
            side,
            names,
            arm,
            months,
        })
    }

    fn months(&mut self) -> Result<[i32; 2], Unparsable> {
        let first = self.month()?;
        self.need(b'.')?;
        self.need(b'.')?;
        let until = self.month()?;
        if until <= first {
            return Err(self.wrong("the months end before they begin"));
        }
        Ok([first, until])
    }

    fn month(&mut self) -> Result<i32, Unparsable> {
        let sign = if self.take(b'-') { -1 } else { 1 };
        let word = self.word()?;
        let month: Result<u16, _> = word.parse();
        month
            .map(|month| sign * i32::from(month))
            .map_err(|_| self.wrong(format!("`{word}` is not a month")))
    }

    fn call(&mut self, word: &str) -> Result<Expression, Unparsable> {
        let (function, fewest, most) = match word {
            "ln" => (Function::Log, 1, 1),
            "min" => (Function::Min, 2, 2),
            "max" => (Function::Max, 2, 2),
            "slope" => (Function::Slope, 2, 6),
            _ => {
                let known = "A, B, D, P, T, ln, min, max, slope";
                return Err(self.wrong(format!("`{word}` is none of {known}")));
            }
        };
        let mut arguments = vec![self.sum()?];
        while self.take(b',') {
            arguments.push(self.sum()?);
        }
        self.need(b')')?;
        if !(fewest..=most).contains(&arguments.len()) {
            return Err(self.wrong(format!(
                "`{word}` takes {fewest} to {most} arguments, not {}",
                arguments.len()
            )));
        }
        Ok(Expression::Call(function, arguments))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn products_bind_closer_than_sums_and_brackets_closest() {
        let text = "1 - 2 * (3 + 4) / 5";
        let parsed = Expression::parse(text).expect("it is sound");
        let number = |n| Box::new(Expression::Number(n));
        let inner = Expression::Both('+', number(3.0), number(4.0));
        let product = Expression::Both('*', number(2.0), Box::new(inner));
        let product = Expression::Both('/', Box::new(product), number(5.0));
        assert_eq!(
            parsed,
            Expression::Both('-', number(1.0), Box::new(product))
        );
    }

    #[test]
    fn a_quantity_names_its_arm_and_months() {
        let parsed =
            Expression::parse("D(sectors.retail.jobs+sectors.personal.jobs @ slump, -12..6)");
        let Ok(Expression::Leaf(leaf)) = parsed else {
            panic!("{parsed:?}");
        };
        assert_eq!(leaf.names, ["sectors.retail.jobs", "sectors.personal.jobs"]);
        assert_eq!(leaf.arm.as_deref(), Some("slump"));
        assert_eq!(leaf.months, Some([-12, 6]));
    }

    #[test]
    fn mistakes_say_where_and_why() {
        for (text, why) in [
            ("", "a name or a number"),
            ("P(jobs", "`)` should stand here"),
            ("Q(jobs)", "is none of A, B"),
            ("P(jobs, 12..6)", "end before they begin"),
            ("ln(1, 2)", "takes 1 to 1 arguments"),
            ("1 2", "more follows"),
        ] {
            let error = Expression::parse(text).expect_err(text);
            assert!(error.why.contains(why), "{text}: {error}");
        }
        assert!(Expression::parse(&"(".repeat(10_000)).is_err());
    }

    proptest! {
        #[test]
        fn any_text_is_an_expression_or_a_mistake(text in "[-A-Z a-z0-9_.,@+*/()]{0,60}") {
            let _ = Expression::parse(&text);
        }
    }
}
