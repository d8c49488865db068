"""What the command line shows: tables, trees and records made from the model. Prints nothing itself."""
