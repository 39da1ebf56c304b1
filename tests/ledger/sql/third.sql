INSERT INTO shelf (id) VALUES (1);
