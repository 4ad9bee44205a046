//! Shapes and their areas.

use std::fmt;

#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    Circle { radius: f64 },
    Square { side: f64 },
}

impl Shape {
    /// The area in square units.
    pub fn area(&self) -> f64 {
        match self {
            Shape::Circle { radius } => 3.14 * radius * radius,
            Shape::Square { side } => side * side,
        }
    }

    pub fn scale(&mut self, factor: f64) {
        match self {
            Shape::Circle { radius } => *radius *= factor,
            Shape::Square { side } => *side *= factor,
        }
    }
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Shape::Circle { radius } => write!(f, "circle of {radius}"),
            Shape::Square { side } => write!(f, "square of {side}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_square_has_an_area() {
        assert_eq!(Shape::Square { side: 2.0 }.area(), 4.0);
    }
}
