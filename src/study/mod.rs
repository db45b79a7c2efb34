pub mod design;
pub mod sensitivity;
pub mod validate;
